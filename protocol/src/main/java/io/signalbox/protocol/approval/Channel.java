package io.signalbox.protocol.approval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A way to tell people that they are asked. Secrets are named here, never given.
 *
 * @param kind {@code slack}, {@code teams}, {@code email} or {@code webhook}
 * @param people who is reached, and as whom they decide
 * @param config what the kind needs
 */
public record Channel(String name, String kind, List<Person> people, JsonNode config) {
  public Channel {
    people = List.copyOf(people);
  }

  /**
   * Somebody who is reached through a channel.
   *
   * @param address the user id at Slack, or the address of a mailbox; empty where the channel
   *     reaches one person alone
   * @param principal as whom a decision counts, such as {@code user:olga}
   * @param roles that this person decides with
   */
  public record Person(String address, String principal, List<String> roles) {
    public Person {
      roles = List.copyOf(roles);
    }
  }

  /** The person with this address, if the channel knows one. */
  public Optional<Person> person(String address) {
    return people.stream().filter(it -> it.address().equals(address)).findFirst();
  }
}
