-- Large values, each once per tenant; the journal, snapshots and messages hold their digests.
create table blob (
  tenant    text        not null,
  digest    text        not null, -- hex SHA-256 of content
  bytes     bigint      not null,
  content   bytea       not null, -- UTF-8 JSON
  stored_at timestamptz not null default now(), -- the last time somebody took the value in
  primary key (tenant, digest)
);
create index blob_age on blob (stored_at);

-- Which entity's journal refers to which value: read from the journal by the views' reader.
create table blob_reference (
  tenant         text not null,
  digest         text not null,
  persistence_id text not null,
  primary key (tenant, digest, persistence_id)
);
create index blob_reference_entity on blob_reference (persistence_id);

-- Runs that were deleted: what became of them stays explainable, and their ids stay used.
create table tombstone (
  persistence_id text        primary key,
  tenant         text        not null,
  run            text        not null,
  status         text        not null,
  turns          bigint      not null,
  head           text        not null, -- digest of the last turn, as hex SHA-256
  ended_at       timestamptz,
  deleted_at     timestamptz not null default now(),
  deleted_by     text        not null,
  reason         text        not null,
  purged         boolean     not null default false -- whether the journal holds nothing else of it
);
create index tombstone_unpurged on tombstone (deleted_at) where not purged;
create index run_view_ended_idx on run_view (status, ended_at) where ended_at is not null;
create index tombstone_newest on tombstone (tenant, deleted_at desc);
