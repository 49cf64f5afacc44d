create table enforcement_points (
  id uuid primary key default gen_random_uuid(),
  tenant_id bigint not null references tenants (id) on delete cascade,
  name text not null,
  address inet,
  last_seen_at timestamptz,
  unique (tenant_id, name)
);

create table bundles (
  id bigint generated always as identity primary key,
  tenant_id bigint not null references tenants (id) on delete cascade,
  revision integer not null check (revision > 0),
  size_bytes bigint not null check (size_bytes >= 0),
  published_at timestamptz not null default now(),
  unique (tenant_id, revision)
);

create table decision_logs (
  id bigint generated always as identity,
  tenant_id bigint not null,
  enforcement_point_id uuid,
  policy_id uuid,
  allowed boolean not null,
  latency_ms numeric(10, 3) not null,
  decided_at timestamptz not null default now(),
  primary key (id, decided_at)
) partition by range (decided_at);

create table decision_logs_default partition of decision_logs default;
create index decision_logs_tenant_idx on decision_logs (tenant_id, decided_at desc);

create table audit_log (
  id bigint generated always as identity primary key,
  tenant_id bigint references tenants (id) on delete set null,
  actor_id bigint references users (id) on delete set null,
  action text not null,
  detail jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now()
);

create index audit_log_recent_idx on audit_log (tenant_id, created_at desc) include (action);
