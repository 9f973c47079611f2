"""Which page each user of the demonstration sees, and the mock it is laid beside."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """One page; `link` is clicked first where the address is not known beforehand."""

    name: str
    user: str
    address: str
    link: str = ""
    mock: str = ""


LOOKS = [
    Look("trang-chu", "thutruong", "/", mock="01-trang-chu"),
    Look("ban-lam-viec", "thuongtruc", "/"),
    Look("viec", "thutruong", "/viec/"),
    Look("tim-kiem", "thutruong", "/tim-kiem/?q=phu%20tho"),
    Look("phong-trao", "thutruong", "/phong-trao/"),
    Look(
        "mot-phong-trao",
        "thutruong",
        "/phong-trao/",
        link="Phong trào thi đua yêu nước trong ngành Kiểm sát nhân dân năm 2024",
    ),
    Look("soan-phong-trao", "truongphong", "/phong-trao/moi/"),
    Look("ban-dang-ky-danh-sach", "thuongtruc", "/dang-ky/"),
    Look("ban-dang-ky", "thutruong", "/dang-ky/", link="Bản đăng ký thi đua năm", mock="02-dang-ky"),
    Look("dang-ky-cua-toi", "canhan", "/dang-ky/cua-toi/"),
    Look("ho-so-de-nghi", "canbo", "/ho-so/"),
    Look("to-trinh", "canbo", "/ho-so/", link="Đề nghị khen thưởng bổ sung"),
    Look("lap-to-trinh", "canbo", "/ho-so/moi/"),
    Look("sap-du-dieu-kien", "thutruong", "/sap-du-dieu-kien/"),
    Look("sap-du-dieu-kien-thieu", "thuongtruc", "/sap-du-dieu-kien/?muc=thieu"),
    Look("tham-dinh", "thuongtruc", "/tham-dinh/", mock="03-tham-dinh"),
    Look("ho-so", "thuongtruc", "/ho-so/dong/3/", mock="04-ho-so"),
    Look("trung-lap", "thuongtruc", "/tham-dinh/trung-lap/"),
    Look("lay-y-kien", "thuongtruc", "/tham-dinh/lay-y-kien/"),
    Look("lay-y-kien-cong-khai", "", "/lay-y-kien/"),
    Look("phien-hop", "thuky", "/phien-hop/"),
    Look("mot-phien-hop", "thuky", "/phien-hop/", link="Phiên họp xét khen thưởng đợt 4"),
    Look("phieu-cua-toi", "uyvien2", "/phieu/"),
    Look("bo-phieu", "uyvien2", "/phieu/", link="Phiên họp xét khen thưởng đợt 3", mock="05-bo-phieu"),
    Look("ket-qua", "uyvien2", "/ket-qua/"),
    Look("kiem-phieu", "uyvien2", "/ket-qua/", link="Phiên họp xét khen thưởng đợt 1", mock="06-kiem-phieu"),
    Look("ho-so-trinh", "uyvien2", "/ho-so-trinh/"),
    Look("hoi-dong", "truongphong", "/hoi-dong/"),
    Look("quyet-dinh-danh-sach", "vanthu", "/quyet-dinh/"),
    Look("quyet-dinh", "vanthu", "/quyet-dinh/", link="Về việc tặng danh hiệu", mock="07-quyet-dinh"),
    Look("mau-word", "thuongtruc", "/mau-word/"),
    Look("them-mau-word", "thuongtruc", "/mau-word/them/"),
    Look("truong-tron", "thuongtruc", "/mau-word/truong/decision/"),
    Look("so-so-quyet-dinh", "vanthu", "/quyet-dinh/so/"),
    Look("trao-tang", "vanthu", "/trao-tang/"),
    Look("thu-hoi", "vanthu", "/thu-hoi/"),
    Look("thu-hoi-mot", "vanthu", "/thu-hoi/1/"),
    Look("tien-thuong", "thuongtruc", "/tien-thuong/"),
    Look("quy", "thuongtruc", "/quy/"),
    Look("xet-lai", "thuongtruc", "/xet-lai/"),
    Look("doi-chieu", "thuongtruc", "/quyet-dinh/doi-chieu/"),
    Look("huy-bo", "thuongtruc", "/quyet-dinh/1/huy-bo/"),
    Look("in-bang", "vanthu", "/in-bang/"),
    Look("luot-in", "vanthu", "/in-bang/luot/"),
    Look("mot-luot-in", "vanthu", "/in-bang/luot/", link="Lượt 1"),
    Look("lap-luot-in", "vanthu", "/in-bang/luot/moi/"),
    Look("kho-phoi", "vanthu", "/in-bang/kho-phoi/"),
    Look("mot-loai-phoi", "vanthu", "/in-bang/kho-phoi/", link="Phôi bằng 360 × 237 mm"),
    Look("may-in", "vanthu", "/in-bang/may-in/"),
    Look("can-chinh", "vanthu", "/in-bang/may-in/", link="HP tầng 2", mock="07b-can-chinh"),
    Look("mau-bang", "vanthu", "/in-bang/mau-bang/"),
    Look("mot-mau-bang", "vanthu", "/in-bang/mau-bang/moi/?danh-hieu=giay_khen"),
    Look("so-quyet-dinh", "", "/so-quyet-dinh/"),
    Look("ca-nhan-danh-sach", "thutruong", "/ca-nhan/"),
    Look("ca-nhan", "canhan", "/ho-so-cua-toi/", mock="09-ca-nhan"),
    Look("don-vi", "thutruong", "/don-vi/", mock="11-don-vi"),
    Look("quy-tac", "thuongtruc", "/quy-tac/"),
    Look("quy-tac-danh-hieu", "thuongtruc", "/quy-tac/chien_si_thi_dua_nganh/"),
    Look("quy-tac-chung", "thuongtruc", "/quy-tac/chung/"),
    Look("muc-rieng", "truongphong", "/quy-tac/muc-rieng/"),
    Look("nhap-muc-rieng", "truongphong", "/quy-tac/muc-rieng/moi/", link="Nhập"),
    Look("thu-du-lieu", "thuongtruc", "/quy-tac/thu/"),
    Look("thu-bieu-quyet", "thuongtruc", "/quy-tac/thu/bieu-quyet/"),
    Look("quy-tac-van-ban", "thuongtruc", "/quy-tac/van-ban/"),
    Look("vai-tro", "quantri", "/vai-tro/"),
    Look("nhat-ky", "quantri", "/nhat-ky/"),
    Look("thong-bao", "thutruong", "/thong-bao/"),
    Look("cong-viec", "vanthu", "/cong-viec/"),
    Look("thanh-phan", "thutruong", "/thanh-phan/", mock="12-thanh-phan"),
    Look("tro-giup", "thutruong", "/tro-giup/"),
    Look("dang-nhap", "", "/accounts/login/"),
    Look("kich-hoat", "", "/accounts/kich-hoat/"),
    Look("xac-thuc", "", "/xm/", mock="10-xac-thuc"),
    Look("xac-thuc-tep", "", "/xm/tep/"),
    Look("khoa-cong-khai", "", "/xm/khoa/"),
]
