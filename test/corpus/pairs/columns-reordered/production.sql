CREATE TABLE reports (id integer PRIMARY KEY, scratch text, author text, body text);
ALTER TABLE reports DROP scratch;
ALTER TABLE reports ADD title text CHECK (title <> '');
CREATE INDEX reports_author_idx ON reports (author, title);
