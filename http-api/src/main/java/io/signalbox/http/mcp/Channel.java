package io.signalbox.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.mcp.McpSessionCommand.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One stream of a session: its messages are numbered and kept for a while, so that a reader who was
 * cut off goes on where it was.
 */
final class Channel {
  private final String id;
  private final int most;
  private final Deque<Frame.Event> events = new ArrayDeque<>();
  private long seq;
  private boolean done;
  private Optional<ActorRef<Frame>> reader = Optional.empty();

  Channel(String id, int most) {
    this.id = id;
    this.most = most;
  }

  String id() {
    return id;
  }

  boolean done() {
    return done;
  }

  boolean read() {
    return reader.isPresent();
  }

  boolean isReader(ActorRef<Frame> it) {
    return reader.filter(it::equals).isPresent();
  }

  /** A new reader takes the place of an old one. */
  void attach(ActorRef<Frame> sink) {
    reader.ifPresent(it -> it.tell(new Frame.End()));
    reader = Optional.of(sink);
  }

  /** Gives the reader a place to go on from before there is anything to say. */
  void prime() {
    add(Optional.empty());
  }

  void say(JsonNode message) {
    add(Optional.of(message));
  }

  /** What came after this number, once more. */
  void replay(long after) {
    reader.ifPresent(
        sink -> {
          for (Frame.Event event : events) {
            if (number(event.id()) > after) {
              sink.tell(event);
            }
          }
          if (done) {
            release();
          }
        });
  }

  void finish() {
    done = true;
    release();
  }

  /** Ends the reader's stream; what comes is kept for when it asks again. */
  void release() {
    reader.ifPresent(it -> it.tell(new Frame.End()));
    reader = Optional.empty();
  }

  /** The reader is gone by itself. */
  void lost() {
    reader = Optional.empty();
  }

  private void add(Optional<JsonNode> data) {
    Frame.Event event = new Frame.Event(id + "-" + seq++, data);
    events.addLast(event);
    if (events.size() > most) {
      events.removeFirst();
    }
    reader.ifPresent(it -> it.tell(event));
  }

  /** The number within an event's id, {@code STREAM-NUMBER}. */
  static long number(String event) {
    try {
      return Long.parseLong(event.substring(event.lastIndexOf('-') + 1));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /** The stream within an event's id. */
  static String stream(String event) {
    int dash = event.lastIndexOf('-');
    return dash < 0 ? event : event.substring(0, dash);
  }
}
