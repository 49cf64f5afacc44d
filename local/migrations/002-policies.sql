create type policy_status as enum ('draft', 'in_review', 'active', 'retired');

create domain semantic_version as text check (value ~ '^\d+\.\d+\.\d+$');

create table policies (
  id uuid primary key default gen_random_uuid(),
  tenant_id bigint not null references tenants (id) on delete cascade,
  name varchar(200) not null,
  status policy_status not null default 'draft',
  owner_id bigint references users (id) on delete set null,
  tags text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, name)
);

create table policy_versions (
  policy_id uuid not null references policies (id) on delete cascade,
  version semantic_version not null,
  source text not null,
  checksum char(64) not null,
  compiled jsonb,
  created_by bigint references users (id) on delete set null,
  created_at timestamptz not null default now(),
  primary key (policy_id, version)
);

create index policies_tags_idx on policies using gin (tags);
create index policy_versions_compiled_idx on policy_versions using gin (compiled jsonb_path_ops);

create trigger policies_set_updated_at before update on policies
  for each row execute function set_updated_at();

create view active_policies as
  select p.id, p.tenant_id, p.name, max(v.created_at) as last_version_at, count(v.version) as versions
  from policies p
  left join policy_versions v on v.policy_id = p.id
  where p.status = 'active'
  group by p.id;
