"""Addresses of units; the pages of one person and of one unit lie in history."""

from django.urls import path

from units.views import people, roles, structure

app_name = "units"
urlpatterns = [
    path("ca-nhan/", people.person_list, name="person_list"),
    path("don-vi/", structure.unit_tree, name="unit_tree"),
    path("don-vi/<int:pk>/nhanh/", structure.unit_branch, name="unit_branch"),
    path("vai-tro/", roles.role_list, name="role_list"),
    path("vai-tro/phan-cong/", roles.role_assign, name="role_assign"),
    path("vai-tro/<int:pk>/ket-thuc/", roles.role_end, name="role_end"),
]
