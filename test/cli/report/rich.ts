// Two databases that differ in many ways and kinds, for looking at how that is told: something of every severity and
// impact, short values and long ones, objects that take others along.

const common = `
create schema app;
create type app.status as enum ('open', 'paid', 'cancelled');
create table app.users (
  id bigint generated always as identity primary key,
  email text not null unique,
  name varchar(255),
  active boolean not null default true
);
create table app.orders (
  id bigint generated always as identity primary key,
  user_id bigint not null references app.users on delete cascade,
  status app.status not null default 'open',
  total numeric(12, 2) not null check (total >= 0),
  note text,
  placed_at timestamptz not null default now()
);
create index orders_placed on app.orders (placed_at);
create function app.touch() returns trigger language plpgsql as $$
begin
  if new.note is null then
    new.note := '';
  end if;
  return new;
end
$$;
create trigger touch before update on app.orders for each row execute function app.touch();
alter table app.orders enable row level security;
create policy own on app.orders using (user_id = current_setting('app.user')::bigint);
create view app.open_orders as
  select o.id, o.user_id, u.email, o.total, o.placed_at
  from app.orders o join app.users u on u.id = o.user_id
  where o.status = 'open' and u.active;
`;

export const modelSql = `${common}
alter table app.users add api_key_sandbox varchar(64);
create table app.invoices (
  id bigint primary key, order_id bigint not null references app.orders, number text not null unique,
  issued_on date not null, due_on date, sent boolean not null default false, remark text
);
create index invoices_due on app.invoices (due_on);
create index orders_open on app.orders (user_id, placed_at) where status = 'open';
`;

export const productionSql = `${common}
alter table app.orders add region text not null;
alter table app.users alter name type varchar(100);
alter type app.status add value 'refunded';
alter table app.orders disable trigger touch;
alter table app.orders disable row level security;
alter table app.orders drop constraint orders_total_check;
alter table app.orders alter placed_at set storage plain, alter note set default 'none';
alter table app.orders set (fillfactor = 70);
alter policy own on app.orders using (
  user_id = current_setting('app.user')::bigint or current_setting('app.support', true) = 'yes'
);
create or replace view app.open_orders as
  select o.id, o.user_id, u.email, o.total, o.placed_at
  from app.orders o join app.users u on u.id = o.user_id
  where o.status = 'open';
create or replace function app.touch() returns trigger language plpgsql as $$
begin
  if new.note is null then
    new.note := 'touched';
    raise notice 'touched %', new.id;
  end if;
  return new;
end
$$;
create table app.orders_backup_2026 (like app.orders);
drop index app.orders_placed;
create index orders_placed on app.orders (placed_at desc nulls last) include (user_id, status) where total > 100;
`;
