package io.signalbox.runtime.taint;

/** What a call is about, as far as a tool's name or a task shows it. */
enum Topic {
  MAIL,
  CHAT,
  CALENDAR,
  MONEY,
  FILE,
  ISSUE,
  CODE,
  TRAVEL,
  SHOP,
  ACCOUNT,
  HOME,
  WEB,
  SOCIAL,
  CONTACT,
  DATA
}
