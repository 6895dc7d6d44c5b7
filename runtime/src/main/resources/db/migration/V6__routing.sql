-- Event routing at scale: subscriptions are found by type, shape and key; decision 9.

alter table subscription
  add column slot int not null default 0,
  -- what is taken out of an event, as a hash, and the hash of the values wanted; empty: nothing
  add column shape text not null default '',
  add column extractors text[] not null default '{}',
  add column key text not null default '';
update subscription set type = '' where type is null; -- any type
alter table subscription alter column type set not null;
alter table subscription alter column filter type json using filter::json;
alter table subscription drop constraint subscription_pkey;
alter table subscription add primary key (tenant, id, slot);
drop index subscription_by_type;
create index subscription_by_key on subscription (tenant, type, shape, key);

-- json, not jsonb: an event is handed on as it came
alter table inbox alter column body type json using body::json;
create index inbox_age on inbox (received_at);

alter table delivery
  -- what a run is started with
  add column input json,
  -- what the last attempt failed with
  add column reason text not null default 'no answer in time',
  -- taken already; kept only while a late subscriber could be given the same event again
  add column taken_at timestamptz;
drop index delivery_due;
create index delivery_due on delivery (next_try) where taken_at is null;
create index delivery_taken on delivery (taken_at) where taken_at is not null;
create index delivery_of_event on delivery (tenant, source, event_id);

-- Events that, with others, start a run.
create table gathered (
  tenant      text not null,
  digest      text not null,
  key         text not null,
  slot        int not null,
  source      text not null,
  event_id    text not null,
  body        json not null,
  ordinal     bigint generated always as identity,
  received_at timestamptz not null default now(),
  primary key (tenant, digest, key, slot, source, event_id)
);
create index gathered_age on gathered (received_at);

-- What was given up; others than events may join.
create table dead_letter (
  ordinal  bigint generated always as identity primary key,
  tenant   text not null,
  id       text not null,
  kind     text not null,
  at       timestamptz not null default now(),
  attempts int not null,
  reason   text not null,
  run      text not null,
  target   text not null,
  source   text not null,
  event_id text not null,
  body     json not null,
  input    json,
  unique (tenant, id)
);
create index dead_letter_newest on dead_letter (tenant, ordinal desc);
create index dead_letter_age on dead_letter (at);
