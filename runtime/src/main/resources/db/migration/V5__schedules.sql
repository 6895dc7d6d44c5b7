-- Workflows that are started by time: of each workflow the newest version that is deployed.
create table schedule (
  tenant        text        not null,
  namespace     text        not null,
  name          text        not null,
  id            text        generated always as (namespace || '/' || name) stored,
  version       text        not null,
  digest        text        not null,
  kind          text        not null check (kind in ('cron', 'every', 'after')),
  expression    text        not null,
  -- of kind 'after': how long to wait once the run before has ended
  pause         interval    not null default interval '0',
  -- absent while the run before has not ended
  next_at       timestamptz,
  last_at       timestamptz,
  last_run      text,
  -- a node that fires it has until then to say that the run has begun
  claimed_until timestamptz,
  created_at    timestamptz not null default now(),
  primary key (tenant, namespace, name)
);

create index schedule_due on schedule (next_at);
create index schedule_newest on schedule (tenant, created_at desc, id desc);

-- How far each sink of lifecycle events has been told of the journal, and which node tells it now.
create table lifecycle_sink (
  name          text        primary key,
  xid           xid8        not null,
  ordering      bigint      not null,
  holder        text,
  held_until    timestamptz
);

-- Lifecycle events that a sink would not take.
create table lifecycle_dead_letter (
  sink     text        not null,
  id       text        not null,
  event    json        not null,
  why      text        not null,
  given_up timestamptz not null default now(),
  primary key (sink, id)
);
