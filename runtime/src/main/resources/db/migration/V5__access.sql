-- Keys, hashed, and the answers kept for Idempotency-Key.
create table api_key (
  tenant text not null,
  id text not null,
  principal text not null,
  roles text[] not null,
  secret_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant, id)
);

create table idempotency (
  tenant text not null,
  key text not null,
  request_hash text not null,
  status int,
  body text,
  claimed_at timestamptz not null,
  primary key (tenant, key)
);
create index idempotency_age on idempotency (claimed_at);
