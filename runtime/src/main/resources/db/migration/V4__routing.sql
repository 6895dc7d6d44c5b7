-- Event routing: who listens, what has arrived, and what is still to be delivered.
create table subscription (
  tenant text not null,
  run text not null,
  id text not null,
  type text,
  filter jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant, id)
);
create index subscription_by_type on subscription (tenant, type);

create table inbox (
  tenant text not null,
  source text not null,
  id text not null,
  type text not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  primary key (tenant, source, id)
);

-- target is a subscription's id, or the digest of a workflow that the event starts
create table delivery (
  tenant text not null,
  source text not null,
  event_id text not null,
  kind text not null check (kind in ('deliver', 'start')),
  run text not null,
  target text not null,
  attempts int not null default 0,
  next_try timestamptz not null,
  primary key (tenant, run, target, source, event_id)
);
create index delivery_due on delivery (next_try);
