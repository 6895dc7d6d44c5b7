-- Lists, search and the waker's table: all of it is read from event_journal and can be read again.

-- How far the journal has been read. Whoever holds this row's lock is the one reader.
create table view_offset (
  name      text primary key,
  xid       xid8 not null,
  ordering  bigint not null,
  fault     text,
  fault_at  timestamptz
);
insert into view_offset (name, xid, ordering) values ('views', '0', 0);

-- The last row read of each entity: what the next must follow, and what a verifier compares with.
create table entity_head (
  persistence_id text primary key,
  seq_nr         bigint not null,
  digest         text not null
);

create table run_view (
  tenant      text not null,
  id          text not null,
  namespace   text not null,
  workflow    text not null,
  version     text not null,
  digest      text not null,
  status      text not null,
  labels      jsonb not null,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  waiting_for jsonb not null,
  hidden      boolean not null,
  search      text not null,
  -- activations not yet done, which tell what a later turn's facts take away from waiting_for
  open        jsonb not null,
  primary key (tenant, id)
);
create index run_view_newest_idx on run_view (tenant, started_at desc, id desc);
create index run_view_status_idx on run_view (tenant, status, started_at desc, id desc);
create index run_view_workflow_idx
  on run_view (tenant, namespace, workflow, started_at desc, id desc);
create index run_view_labels_idx on run_view using gin (labels jsonb_path_ops);

create table approval_view (
  tenant       text not null,
  id           text not null,
  run          text not null,
  status       text not null,
  requested_at timestamptz not null,
  body         json not null,
  primary key (tenant, id)
);
create index approval_view_newest_idx on approval_view (tenant, requested_at desc, id desc);
create index approval_view_status_idx
  on approval_view (tenant, status, requested_at desc, id desc);
create index approval_view_open_idx on approval_view (tenant, run) where status = 'open';

-- Runs and sessions that want to be looked at again though nothing arrives.
create table wake (
  kind       text not null check (kind in ('run', 'session')),
  entity_id  text not null,
  seen_at    bigint not null,
  due        timestamptz not null,
  next_check timestamptz not null,
  attempts   integer not null default 0,
  primary key (kind, entity_id)
);
create index wake_next_check_idx on wake (next_check);
