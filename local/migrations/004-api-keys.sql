alter table users
  add column api_key_sandbox varchar(64),
  add column api_key_production varchar(64);
