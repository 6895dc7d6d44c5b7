package io.signalbox.runtime.definition;

import io.signalbox.protocol.run.SecretMarker;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which secrets a definition declares, and which of them its expressions take apart into fields: a
 * secret is either a text or has fields, and that must be known before any value is.
 */
final class SecretUses {
  private static final String STEP =
      "(?:\\.([A-Za-z_][A-Za-z0-9_]*)|\\.?\\[\\s*\"([^\"]*)\"\\s*]|\\.\"([^\"]*)\")";
  private static final Pattern USE = Pattern.compile("\\$secrets\\b" + STEP + "?" + STEP + "?");
  private static final Pattern AUTHORIZATION = Pattern.compile("\\$authorization\\b");

  private final Set<String> declared = new LinkedHashSet<>();
  private final Map<String, Set<String>> fields = new TreeMap<>();
  private final Map<String, Place> asText = new HashMap<>();
  private boolean authorization;

  void declare(Place secrets, Findings findings) {
    if (!secrets.present()) {
      return;
    }
    if (!secrets.node().isArray()) {
      findings.fault(secrets, "must be a list of the names of secrets");
      return;
    }
    for (int i = 0; i < secrets.node().size(); i++) {
      Place one = secrets.at(i);
      if (!one.node().isTextual() || !SecretMarker.NAME.matcher(one.text()).matches()) {
        findings.fault(one, "must be a name of 1 to 63 letters, digits, '_' and '-'");
      } else if (one.text().equals(SecretMarker.AUTHORIZATION)) {
        findings.fault(one, "a secret cannot be named 'authorization'");
      } else {
        declared.add(one.text());
      }
    }
  }

  /** Looks at an expression for secrets. */
  void note(Place place, String expression, Findings findings) {
    authorization |= AUTHORIZATION.matcher(expression).find();
    Matcher uses = USE.matcher(expression);
    while (uses.find()) {
      String name = step(uses, 1);
      if (name == null) {
        if (declared.isEmpty()) {
          findings.fault(place, "the definition declares no secrets; name them in use.secrets");
        }
        continue;
      }
      use(place, name, step(uses, 4), findings);
    }
  }

  private void use(Place place, String name, @Nullable String field, Findings findings) {
    require(place, name, findings);
    if (field == null) {
      asText.put(name, place);
    } else if (!SecretMarker.NAME.matcher(field).matches()) {
      findings.fault(place, "'" + field + "' cannot be a field of a secret");
    } else {
      fields.computeIfAbsent(name, _ -> new TreeSet<>()).add(field);
    }
    Place whole = asText.get(name);
    if (whole != null && fields.containsKey(name)) {
      findings.fault(
          whole, "the secret '" + name + "' is used as a text here and with fields elsewhere");
    }
  }

  /** A secret that is named must be declared. */
  void require(Place place, String name, Findings findings) {
    if (!declared.contains(name)) {
      findings.fault(place, "there is no '" + name + "' in use.secrets; declare it there");
    }
  }

  /** Every secret there is to expressions, with its fields; none means that it is a text. */
  Map<String, Set<String>> all() {
    Map<String, Set<String>> all = new HashMap<>();
    declared.forEach(name -> all.put(name, fields.getOrDefault(name, Set.of())));
    if (authorization) {
      all.put(SecretMarker.AUTHORIZATION, Set.of());
    }
    return all;
  }

  private static @Nullable String step(Matcher uses, int group) {
    for (int i = group; i < group + 3; i++) {
      if (uses.group(i) != null) {
        return uses.group(i);
      }
    }
    return null;
  }
}
