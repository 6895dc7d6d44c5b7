-- Deployed workflows, agents and tools. What is deleted stays: runs that have ended still refer to it.
create table resource (
  ordinal    bigint generated always as identity primary key,
  tenant     text        not null,
  kind       text        not null check (kind in ('workflow', 'agent', 'tool')),
  namespace  text        not null,
  name       text        not null,
  version    text        not null,
  digest     text        not null,
  body       json        not null, -- not jsonb: the order of keys is the author's
  source     text        not null,
  scheduled  boolean     not null default false,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);

create unique index resource_version on resource (tenant, kind, namespace, name, version) where deleted_at is null;
create index resource_newest on resource (tenant, kind, namespace, name, ordinal desc);
create index resource_digest on resource (tenant, digest) where kind = 'workflow';

-- Counts every change of a tenant's catalog; nodes look at it to know when to read it again.
create table catalog_version (
  tenant  text   primary key,
  version bigint not null
);

create table api_key (
  tenant      text        not null,
  id          text        not null,
  principal   text        not null,
  roles       text[]      not null,
  secret_hash text        not null unique, -- hex SHA-256 of a secret of 256 random bits
  created_at  timestamptz not null default now(),
  expires_at  timestamptz,
  revoked_at  timestamptz,
  primary key (tenant, id)
);

-- Requests with an Idempotency-Key; without a status the first one is still under way.
create table idempotency (
  tenant       text        not null,
  key          text        not null,
  request_hash text        not null,
  status       integer,
  body         json,
  claimed_at   timestamptz not null default now(),
  primary key (tenant, key)
);

create index idempotency_age on idempotency (claimed_at);
