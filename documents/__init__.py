"""Files and PDFs, ignorant of awards: rendering, stored papers, uploads, numbers, verification."""
