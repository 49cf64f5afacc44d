-- Names that became keywords, and defaults that changed, between major versions. Dumps of older servers with these do
-- not restore on newer ones, so this is apart from printing.sql.
CREATE TYPE "json_value" AS ENUM ('json');
CREATE TABLE "json" ("json" integer PRIMARY KEY, "system_user" text, "json_table" "json_value", CHECK ("json" > 0));
CREATE INDEX "json_array" ON "json" ("system_user", "json");
CREATE VIEW "json_view" AS SELECT "json", "system_user" FROM "json";
CREATE FUNCTION "json_object"("json", json) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE "json_query" (a integer, "json_exists" integer, PRIMARY KEY ("json_exists")) PARTITION BY LIST ("json_exists");
CREATE TABLE "json_scalar" PARTITION OF "json_query" FOR VALUES IN (1);
CREATE UNLOGGED TABLE unlogged (a serial, b integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE "json_serialize" () INHERITS ("json");
