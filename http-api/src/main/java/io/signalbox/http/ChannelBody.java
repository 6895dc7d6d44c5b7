package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.Channel;
import io.signalbox.protocol.approval.Channel.Person;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a channel. A secret is named, and never given: what looks like one is refused. */
final class ChannelBody {
  private static final List<String> KINDS = List.of("slack", "teams", "email", "webhook");
  private static final Pattern PRINCIPAL = Pattern.compile("user:[^\\s|]{1,128}");
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern MAILBOX = Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,255}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern VALUE =
      Pattern.compile("(?i)(xox[a-z]-|xapp-|whsec_|https?:|sk-|ghp_|eyJ).*");
  private static final int MOST = 100;

  private ChannelBody() {}

  static Channel read(String name, Fields fields) {
    fields.need("kind");
    String kind = fields.choice("kind", KINDS);
    JsonNode config = fields.object("config").orElseGet(Json::object);
    Fields inside = fields.inside("config");
    List<Person> people = people(fields, kind);
    switch (kind) {
      case "slack" -> {
        inside.need("channel");
        secret(inside, "token");
        inside.text("team");
        address(inside, "baseUrl", false);
      }
      case "teams" -> secret(inside, "url");
      case "email" -> {
        inside.need("host");
        inside.integer("port", 587, 1, 65_535);
        inside.choice("security", List.of("starttls", "tls", "none"));
        inside.need("from");
        inside.matching("from", MAILBOX, "must be the address of a mailbox");
        if (inside.text("username").isPresent()) {
          secret(inside, "password");
        }
      }
      default -> {
        address(inside, "url", true);
        secret(inside, "secret");
      }
    }
    return new Channel(name, kind, people, config);
  }

  private static List<Person> people(Fields fields, String kind) {
    List<Person> people = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields one : fields.list("people")) {
      String principal = one.need("principal");
      one.matching("principal", PRINCIPAL, "must be user:ID");
      List<String> roles = one.texts("roles");
      if (!roles.stream().allMatch(it -> ROLE.matcher(it).matches())) {
        one.fault("roles", "a role has 1 to 63 letters, digits, '.', '_' and '-'");
      }
      String address = one.text("address").orElse("");
      if (kind.equals("email") && !MAILBOX.matcher(address).matches()) {
        one.fault("address", "must be the address of a mailbox");
      }
      if (kind.equals("slack") && !address.matches("[UW][A-Z0-9]{2,32}")) {
        one.fault("address", "must be a Slack user id such as U012AB3CD");
      }
      if (!seen.add(address)) {
        one.fault("address", "stands here twice");
      }
      people.add(new Person(address, principal, roles));
    }
    boolean single = kind.equals("teams") || kind.equals("webhook");
    if (single && people.size() > 1) {
      fields.fault(
          "people", "one person at most: a link that decides is for one person's eyes only");
    }
    if (kind.equals("email") && people.isEmpty()) {
      fields.fault("people", "needs at least one mailbox");
    }
    if (people.size() > MOST) {
      fields.fault("people", "at most " + MOST);
    }
    return people;
  }

  private static void secret(Fields config, String name) {
    String value = config.need(name);
    if (!value.isEmpty()
        && (!SECRET.matcher(value).matches() || VALUE.matcher(value).matches())) {
      config.fault(name, "must be the name of a configured secret, not the secret itself");
    }
  }

  private static void address(Fields config, String name, boolean needed) {
    String value = needed ? config.need(name) : config.text(name).orElse("");
    if (value.isEmpty()) {
      return;
    }
    try {
      URI uri = new URI(value);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
        config.fault(name, "must be an http or https address without user and password");
      }
    } catch (URISyntaxException _) {
      config.fault(name, "is no address");
    }
  }
}
