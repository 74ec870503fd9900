-- What tells apart boards of one name behind one door: a claim token of the group's, a secure element, the key of a certificate.
ALTER TABLE registration
    ADD COLUMN board          text,
    ADD COLUMN replaced_board text;
