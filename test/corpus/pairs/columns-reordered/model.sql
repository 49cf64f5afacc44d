-- The same columns, added by migrations in another order, with a dropped one in between.
CREATE TABLE reports (id integer PRIMARY KEY, title text, body text, author text, CHECK (title <> ''));
CREATE INDEX reports_author_idx ON reports (author, title);
