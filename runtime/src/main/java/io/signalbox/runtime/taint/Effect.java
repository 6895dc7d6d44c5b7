package io.signalbox.runtime.taint;

/** What a call does to the world, as coarsely as a person asks for it. */
enum Effect {
  SEND,
  PAY,
  DELETE,
  CREATE,
  UPDATE,
  SAVE,
  SHARE,
  INVITE,
  BUY,
  RUN,
  APPROVE,
  MOVE,
  CONTROL,
  RESPOND,
  FOLLOW
}
