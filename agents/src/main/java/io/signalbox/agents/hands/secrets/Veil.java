package io.signalbox.agents.hands.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.SecretMarker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/**
 * The secrets of one call: puts values in place of their markers just before they are sent, and
 * markers in place of values in whatever comes back.
 */
public final class Veil {
  /** Shorter secrets of other calls are let be: too much that is no secret looks like them. */
  private static final int UNASKED = 8;

  private final Vault vault;
  private final String tag;
  private final Map<String, String> lifted = new LinkedHashMap<>();
  private final Hiding hiding = new Hiding();

  private Veil(Vault vault, String tag) {
    this.vault = vault;
    this.tag = tag;
  }

  /** Knows every configured secret, so as to hide it, and sends none. */
  public static Veil blind(Vault vault) throws Setback {
    var veil = new Veil(vault, "");
    veil.concealAll();
    return veil;
  }

  /** Knows every configured secret, so as to hide it, and the call's own, so as to send them. */
  public static Veil over(Vault vault, Perform order) throws Setback {
    var used = order.arguments().path("secrets");
    var web = order.tool().isEmpty() && used.path("tag").isTextual();
    var veil = new Veil(vault, web ? used.path("tag").asText() : "");
    if (web) {
      for (var name : used.path("names")) {
        if (!name.asText().equals(SecretMarker.AUTHORIZATION)) {
          veil.own(name.asText(), vault.value(name.asText()));
        }
      }
    }
    veil.concealAll();
    return veil;
  }

  private void concealAll() throws Setback {
    for (var secret : vault.all().entrySet()) {
      secret
          .getValue()
          .forEach(
              (field, value) -> {
                if (value.length() >= UNASKED) {
                  conceal(value, secret.getKey() + (field.isEmpty() ? "" : "." + field));
                }
              });
    }
  }

  /** Whether the call's arguments hold the marker of what authentication comes to. */
  public boolean wantsAuthorization(JsonNode arguments) {
    return arguments
        .at("/secrets/names")
        .valueStream()
        .anyMatch(name -> name.asText().equals(SecretMarker.AUTHORIZATION));
  }

  /** From now on the marker of the authorization is replaced too. */
  public void authorization(String parameter) {
    own(SecretMarker.AUTHORIZATION, parameter);
  }

  private void own(String reference, String value) {
    var marker = SecretMarker.of(reference, tag).text();
    lifted.put(marker, value);
    hiding.add(value, marker);
  }

  /** Something that only this call knows, such as a token, and that must not show either. */
  public void conceal(String value, String what) {
    hiding.add(value, "__secret." + what + "__");
  }

  /** The values of a secret that a policy names as a whole. */
  public Map<String, String> fields(String secret) throws Setback {
    return vault.fields(secret);
  }

  /** Whether there is a marker to replace in it. */
  public boolean covers(String text) {
    return lifted.keySet().stream().anyMatch(text::contains);
  }

  public boolean covers(JsonNode node) {
    return !lifted.isEmpty() && covers(node.toString());
  }

  public JsonNode lift(JsonNode node) {
    if (lifted.isEmpty()) {
      return node;
    }
    return switch (node) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(it -> copy.set(it.getKey(), lift(it.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(it -> copy.add(lift(it)));
        yield copy;
      }
      case TextNode text -> TextNode.valueOf(lift(text.textValue()));
      default -> node;
    };
  }

  private String lift(String text) {
    var result = text;
    for (var secret : lifted.entrySet()) {
      result = result.replace(secret.getKey(), secret.getValue());
    }
    return result;
  }

  /** In an address a value is encoded, unless the address begins with it. */
  public String liftAddress(String address) {
    var result = address;
    for (var secret : lifted.entrySet()) {
      if (result.startsWith(secret.getKey())) {
        result = secret.getValue() + result.substring(secret.getKey().length());
      }
      var encoded =
          URLEncoder.encode(secret.getValue(), StandardCharsets.UTF_8).replace("+", "%20");
      result = result.replace(secret.getKey(), encoded);
    }
    return result;
  }

  public String hide(String text) {
    return hiding.in(text);
  }

  public ByteString hide(ByteString bytes) {
    return hiding.in(bytes);
  }

  public JsonNode hide(JsonNode node) {
    return hiding.in(node);
  }

  public Outcome hide(Outcome outcome) {
    if (hiding.isEmpty()) {
      return outcome;
    }
    return switch (outcome) {
      case Outcome.Succeeded ok -> new Outcome.Succeeded(hide(ok.result()), ok.usage());
      case Outcome.Failed no ->
          new Outcome.Failed(no.kind(), no.status(), hide(no.detail()), no.retryAfter());
      case Outcome.Unknown unknown -> new Outcome.Unknown(hide(unknown.detail()));
      case Outcome.Absent absent -> absent;
    };
  }
}
