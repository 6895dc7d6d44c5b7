package io.signalbox.runtime.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.Channel.Person;
import io.signalbox.protocol.approval.Channel;
import io.signalbox.protocol.notify.Errand.Report;
import io.signalbox.protocol.notify.Errand.What;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.run.ApprovalView;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Makes errands of what is due; what is not worth an errand any more is settled on the spot. */
final class Preparing {
  private final NotifySettings settings;
  private final Links links;
  private final ActorRef<Report> reports;

  Preparing(NotifySettings settings, Links links, ActorRef<Report> reports) {
    this.settings = settings;
    this.links = links;
    this.reports = reports;
  }

  /** A message on its way. */
  record Ready(Outbox.Due due, Errand errand) {}

  List<Ready> prepare(Connection c, List<Outbox.Due> all, Instant now) throws SQLException {
    List<Ready> ready = new ArrayList<>();
    for (Outbox.Due due : all) {
      Optional<Errand> errand = errand(c, due, now);
      errand.ifPresent(it -> ready.add(new Ready(due, it)));
    }
    return ready;
  }

  private Optional<Errand> errand(Connection c, Outbox.Due due, Instant now) throws SQLException {
    if (due.channel().isEmpty()) {
      Outbox.bury(c, due, "there is no channel named " + due.channelName());
      return Optional.empty();
    }
    if (due.approval().isEmpty()) {
      // its run was deleted meanwhile
      Outbox.done(c, due.tenant(), due.id(), Optional.empty());
      return Optional.empty();
    }
    ApprovalView approval = due.approval().get();
    Channel channel = due.channel().get();
    boolean open = approval.status().equals("open");
    if (due.what() == What.SETTLED ? !worth(c, due, channel, now) : !open) {
      if (due.what() != What.SETTLED) {
        Outbox.done(c, due.tenant(), due.id(), Optional.empty());
      }
      return Optional.empty();
    }
    if (channel.kind().equals("email") && due.recipient().isEmpty()) {
      Outbox.divide(c, due, channel.people().stream().map(Person::address).toList());
      return Optional.empty();
    }
    Optional<Person> person = person(channel, due.recipient());
    if (channel.kind().equals("email") && person.isEmpty()) {
      Outbox.bury(c, due, due.recipient() + " is no longer reached by " + channel.name());
      return Optional.empty();
    }
    Optional<String> link = Optional.empty();
    if (open && person.isPresent() && !channel.kind().equals("slack")) {
      link =
          Optional.of(
              links.make(c, due.tenant(), due.id(), channel.name(), person.get(), approval, now));
    }
    return Optional.of(
        new Errand(
            due.id(),
            channel,
            person,
            due.what(),
            approval,
            shown(approval),
            link,
            due.asked(),
            now.plus(settings.lease()),
            reports));
  }

  /** Whether there is a message to change, or somebody who wants to hear of every end. */
  private boolean worth(Connection c, Outbox.Due due, Channel channel, Instant now)
      throws SQLException {
    if (channel.kind().equals("webhook")) {
      return true;
    }
    if (channel.kind().equals("slack") && due.asked().isPresent()) {
      return true;
    }
    if (channel.kind().equals("slack") && due.askedPending()) {
      Outbox.later(c, due, "the question itself is on its way", now.plus(settings.retryShortest()));
    } else {
      Outbox.done(c, due.tenant(), due.id(), Optional.empty());
    }
    return false;
  }

  private static Optional<Person> person(Channel channel, String recipient) {
    return switch (channel.kind()) {
      case "email" -> channel.person(recipient);
      case "teams", "webhook" -> channel.people().stream().findFirst();
      default -> Optional.empty();
    };
  }

  private String shown(ApprovalView approval) {
    try {
      String text =
          Json.MAPPER
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(approval.arguments().orElse(approval.details()));
      return text.length() > settings.showMost()
          ? text.substring(0, settings.showMost()) + " ... (shortened)"
          : text;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
