package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What an argument does in a call; declared with the tool, or seen from its name and value. */
enum Role {
  /** Who or what gets something: a recipient, an account, an address, a channel. */
  DESTINATION,
  /** What the call acts on: an id, a path, a name of something that exists. */
  OBJECT,
  /** What gives power: a command, a role, a password, a query. */
  POWER,
  /** An address that is fetched. */
  ADDRESS,
  /** A time, an amount, a title: harmless as long as the rest is what was asked for. */
  DETAIL,
  /** Words that may well come from what was read. */
  PAYLOAD;

  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
  private static final Set<String> DESTINATIONS =
      Words.set(
          ("to cc bcc recipient recipients email emails mail user users username usernames member"
              + " members invitee invitees attendee attendees participant participants guest"
              + " guests grantee collaborator collaborators reviewer reviewers assignee owner"
              + " account iban bic payee beneficiary creditor wallet phone number channel"
              + " channels room group team webhook destination target person people contact"
              + " contacts recipient_email subscriber subscribers with address addressee host"
              + " server callback mailbox forward who handle audience employee customer"
              + " recipients bank payto organizer delegate approver vendor supplier merchant"));
  private static final Set<String> OBJECTS =
      Words.set(
          ("id ids uid uuid file files filename filenames path paths folder directory dir document"
              + " doc docs event message thread repo repository branch issue pr ticket order"
              + " table record resource bucket database project subscription playlist key ref"
              + " attachment attachments page sheet board item items product device service"
              + " deployment pod instance namespace environment env package version tag commit"
              + " hotel restaurant flight booking invoice bill transaction entity object list"
              + " review comment post task card case lead deal calendar sku code hash lock door"
              + " rule policy filter model script job pipeline workflow cluster node backup"
              + " company car app plugin extension isbn room_id identifier slug source"));
  private static final Set<String> POWERS =
      Words.set(
          ("command cmd commands code sql statement expression password passcode pin secret token"
              + " role roles permission permissions access scope scopes visibility public"
              + " policy privilege privileges acl credential credentials apikey rights shell"
              + " args argv security sharing level script key forward forwarding mfa"));
  private static final Set<String> ADDRESSES =
      Words.set("url uri urls uris link links href endpoint website site domain webhook");
  private static final Set<String> DETAILS =
      Words.set(
          ("amount sum price total quantity qty count currency limit date time start end due"
              + " deadline when day duration recurrence recurring location place title name"
              + " priority status label labels category rating stars temperature level minutes"
              + " hours from until begin since at month year days nights seats size color"
              + " colour brightness volume state severity type kind format language unit"
              + " subject summary checkin checkout points number guests party street city zip"
              + " postcode country first last nickname timezone reminder frequency mode"));
  private static final Set<String> PAYLOADS =
      Set.of(
          ("body text content contents message description note notes comment comments reason"
              + " details html markdown caption memo reference purpose subject reply response"
              + " answer msg blocks data feedback remark remarks explanation agenda abstract"
              + " diff patch paragraph bio instructions query q search question prompt payload"
              + " lines value values entry changelog remittance"));
  private static final Set<String> ITEMS = Set.of("item", "items", "entry", "task");
  private static final Pattern WHEN =
      Pattern.compile(
          "\\d{4}-\\d\\d?-\\d\\d?([T ].*)?|\\d\\d?[./]\\d\\d?[./]\\d{2,4}.*|\\d\\d?:\\d\\d.*");
  private static final Pattern IDENTITY =
      Pattern.compile(
          "(?i)[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+|(https?|ftp|s3|ssh)://\\S+|www\\.\\S+"
              + "|[A-Z]{2}\\d{2}[A-Z0-9 ]{10,34}|\\+?\\d[\\d ()/-]{7,}\\d|0x[0-9a-f]{8,}|[~.]?/\\S*"
              + "|@[\\w.]+|[a-z]:\\\\\\S+|bc1\\w{20,}");

  boolean critical() {
    return this == DESTINATION || this == OBJECT || this == POWER || this == ADDRESS;
  }

  /** As declared, or as seen: what cannot be told is what would do the most harm. */
  static Role of(
      String name,
      JsonNode value,
      Map<String, String> declared,
      Set<Effect> effects,
      JsonNode schema) {
    String said = declared.get(name);
    if (said != null) {
      return declared(said, name, value);
    }
    List<String> words =
        Arrays.stream(CAMEL.split(name, -1))
            .map(it -> it.toLowerCase(Locale.ROOT))
            .filter(it -> !it.isEmpty())
            .toList();
    Role seen = seen(words, value, effects);
    boolean chosen = schema.path("enum").isArray() && seen != POWER;
    if (seen == OBJECT && adds(effects) && plain(value, words)) {
      // what is put on a list is new there, and acts on nothing
      return DETAIL;
    }
    return chosen && seen.critical() ? DETAIL : seen;
  }

  private static boolean adds(Set<Effect> effects) {
    return effects.contains(Effect.CREATE)
        && !effects.contains(Effect.BUY)
        && !effects.contains(Effect.PAY);
  }

  private static boolean plain(JsonNode value, List<String> words) {
    return value.isTextual()
        && ITEMS.contains(words.getLast())
        && value.textValue().matches("[\\p{L} ,'-]{2,60}");
  }

  private static Role declared(String said, String name, JsonNode value) {
    return switch (said) {
      case "payload" -> PAYLOAD;
      case "detail" -> DETAIL;
      case "object" -> OBJECT;
      case "power" -> POWER;
      case "address" -> ADDRESS;
      default ->
          name.toLowerCase(Locale.ROOT).contains("url") && value.isTextual()
              ? ADDRESS
              : DESTINATION;
    };
  }

  private static Role seen(List<String> words, JsonNode value, Set<Effect> effects) {
    String last = words.isEmpty() ? "" : words.getLast();
    boolean text = value.isTextual();
    String said = text ? value.textValue().strip() : "";
    if (WHEN.matcher(said).matches()) {
      return DETAIL;
    }
    if (text && last(words, ADDRESSES)) {
      return ADDRESS;
    }
    if (any(words, POWERS) && !value.isNumber()) {
      return POWER;
    }
    if (text && IDENTITY.matcher(said).matches()) {
      return said.contains("://") || said.startsWith("www.") ? ADDRESS : DESTINATION;
    }
    if (last.equals("id") || last.equals("ids") || last.equals("number")) {
      return OBJECT;
    }
    if (value.isNumber() && !DESTINATIONS.contains(last) && !OBJECTS.contains(last)) {
      return DETAIL;
    }
    boolean long_ = text && said.split("\\s+", -1).length > 7;
    if (PAYLOADS.contains(last) || long_) {
      return PAYLOAD;
    }
    if (last.equals("name") && words.size() > 1) {
      return seen(words.subList(0, words.size() - 1), value, effects);
    }
    if (last.equals("address") && words.size() == 1 && !effects.contains(Effect.SEND)) {
      return DETAIL;
    }
    if (last(words, DESTINATIONS)) {
      return DESTINATION;
    }
    if (DETAILS.contains(last)) {
      return DETAIL;
    }
    if (last(words, OBJECTS)) {
      return OBJECT;
    }
    if (any(words, DESTINATIONS)) {
      return DESTINATION;
    }
    return any(words, OBJECTS) ? OBJECT : DETAIL;
  }

  private static boolean last(List<String> words, Set<String> of) {
    return !words.isEmpty() && of.contains(words.getLast());
  }

  private static boolean any(List<String> words, Set<String> of) {
    return words.stream().anyMatch(of::contains);
  }
}
