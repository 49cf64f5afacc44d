CREATE TABLE accounts (id bigserial PRIMARY KEY, name text);
CREATE VIEW account_names AS SELECT name FROM accounts;
