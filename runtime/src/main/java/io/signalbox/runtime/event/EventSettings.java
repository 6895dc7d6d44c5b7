package io.signalbox.runtime.event;

import com.typesafe.config.Config;
import java.time.Duration;

/** How events are routed; reference.conf says what each key means. */
public record EventSettings(
    int publications,
    int batch,
    int writers,
    int deliveries,
    int deliveriesHeld,
    Duration deliveryPatience,
    Duration lookInterval,
    Duration retryShortest,
    Duration retryLongest,
    int attempts,
    Duration remember,
    Duration late,
    Duration keepDeadLetters,
    Duration keepGathered,
    Duration trimInterval,
    int trimBatch) {
  public EventSettings {
    atLeastOne("publications", publications);
    atLeastOne("batch", batch);
    atLeastOne("writers", writers);
    atLeastOne("deliveries", deliveries);
    atLeastOne("deliveries-held", deliveriesHeld);
    atLeastOne("attempts", attempts);
    atLeastOne("trim-batch", trimBatch);
    positive("delivery-patience", deliveryPatience);
    positive("look-interval", lookInterval);
    positive("retry-shortest", retryShortest);
    positive("remember", remember);
    positive("trim-interval", trimInterval);
    positive("keep-dead-letters", keepDeadLetters);
    positive("keep-gathered", keepGathered);
    if (late.isNegative() || late.compareTo(remember) > 0) {
      throw new IllegalArgumentException(
          "signalbox.runtime.events.late must be from 0 to 'remember', but is " + late);
    }
    if (retryLongest.compareTo(retryShortest) < 0) {
      throw new IllegalArgumentException(
          "signalbox.runtime.events.retry-longest must not be less than retry-shortest");
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "signalbox.runtime.events." + key + " must be at least 1, but is " + value);
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "signalbox.runtime.events." + key + " must be more than 0, but is " + value);
    }
  }

  /** From {@code signalbox.runtime.events}. */
  public static EventSettings from(Config events) {
    return new EventSettings(
        events.getInt("publications"),
        events.getInt("batch"),
        events.getInt("writers"),
        events.getInt("deliveries"),
        events.getInt("deliveries-held"),
        events.getDuration("delivery-patience"),
        events.getDuration("look-interval"),
        events.getDuration("retry-shortest"),
        events.getDuration("retry-longest"),
        events.getInt("attempts"),
        events.getDuration("remember"),
        events.getDuration("late"),
        events.getDuration("keep-dead-letters"),
        events.getDuration("keep-gathered"),
        events.getDuration("trim-interval"),
        events.getInt("trim-batch"));
  }

  boolean lateSubscribers() {
    return !late.isZero();
  }
}
