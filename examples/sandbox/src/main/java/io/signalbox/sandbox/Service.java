package io.signalbox.sandbox;

/** One of the services this process stands in for. */
public interface Service {
  /** The first path segment it answers under, such as {@code github}. */
  String name();

  /** What a request wants, as a word for the journal, such as {@code create-comment}. */
  String operation(Request request);

  /** Answers one request; requests come one at a time. */
  Answer answer(Request request);

  /** What the service says when it is down. */
  Answer down();

  /** What the service says to someone who asks too often. */
  Answer limited(int retryAfterSeconds);
}
