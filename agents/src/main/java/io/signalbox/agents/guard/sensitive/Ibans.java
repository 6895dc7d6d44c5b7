package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** International bank account numbers: their country's length, and 1 modulo 97. */
final class Ibans implements Detector {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])[A-Za-z]{2}[ -]?\\d{2}(?:[ \\u00a0-]?[A-Za-z0-9]){11,30}");
  private static final Map<String, Integer> LENGTHS = new HashMap<>();

  static {
    // the registry of ISO 13616, as country and length
    String registry =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29"
            + "ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30"
            + "KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24"
            + "PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
            + "VA22VG24XK20YE30";
    for (int i = 0; i < registry.length(); i += 4) {
      LENGTHS.put(registry.substring(i, i + 2), Digits.number(registry, i + 2, i + 4));
    }
  }

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    Matcher form = FORM.matcher(text);
    int from = 0;
    while (form.find(from)) {
      int end = end(text, form.start(), form.end());
      if (end > 0) {
        hits.add(new Hit("iban", "iban", form.start(), end, 1));
      }
      from = end > 0 ? end : form.start() + 2;
    }
    return hits;
  }

  /** Where the number ends whose country begins here, if it is one; words may follow it. */
  private static int end(String text, int start, int most) {
    StringBuilder packed = new StringBuilder();
    Integer length = null;
    for (int i = start; i < most; i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        packed.append(c);
      }
      if (packed.length() == 2) {
        length = LENGTHS.get(packed.toString().toUpperCase(Locale.ROOT));
        if (length == null) {
          return -1;
        }
      }
      if (length != null && packed.length() == length) {
        boolean over = i + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
        String number = packed.substring(4) + packed.substring(0, 4);
        return over && Digits.mod97(number) == 1 ? i + 1 : -1;
      }
    }
    return -1;
  }
}
