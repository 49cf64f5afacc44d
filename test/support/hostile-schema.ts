// Objects of every kind that carries a name of its own, one of each for every name: what names of nasty kinds are tried with.
import pg from 'pg';

/** The statements that build them, in the order in which they can run. */
export function hostileSchema(names: readonly string[]): string[] {
  const quoted = names.map((name) => pg.escapeIdentifier(name));
  const literals = names.map((name) => pg.escapeLiteral(name));
  return [
    ...quoted.map((name) => `create schema ${name}`),
    ...quoted.map((name, at) => `create type ${name}.mood as enum (${literals[at]}, 'other')`),
    ...quoted.map(
      (name) => `create table ${name} (id int primary key, ${name} text default 'x' check (${name} <> ''))`,
    ),
    ...quoted.map((name, at) => `create index ${pg.escapeIdentifier(`index of ${at}`)} on ${name} (${name}, id)`),
    ...quoted.map((name) => `create view ${name}.v as select ${name} from public.${name}`),
    ...quoted.map(
      (name, at) => `create function ${name}(${name} text) returns text language sql return ${literals[at]}`,
    ),
    ...quoted.map((name) => `create policy ${name} on ${name} using (${name} is not null)`),
  ];
}
