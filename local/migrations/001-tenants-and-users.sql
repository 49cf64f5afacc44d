create type user_role as enum ('viewer', 'author', 'approver', 'admin');

create function set_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create table tenants (
  id bigint generated always as identity primary key,
  slug varchar(63) not null unique check (slug ~ '^[a-z][a-z0-9-]*$'),
  name text not null,
  plan text not null default 'trial' check (plan in ('trial', 'pro', 'enterprise')),
  created_at timestamptz not null default now()
);

create table users (
  id bigint generated always as identity primary key,
  tenant_id bigint not null references tenants (id) on delete cascade,
  username varchar(64) not null unique,
  email text not null,
  password_hash text not null,
  role user_role not null default 'viewer',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create unique index users_email_key on users (tenant_id, lower(email));
create index users_active_idx on users (tenant_id) where is_active;

create trigger users_set_updated_at before update on users
  for each row execute function set_updated_at();
