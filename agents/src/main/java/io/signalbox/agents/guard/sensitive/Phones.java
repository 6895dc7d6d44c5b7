package io.signalbox.agents.guard.sensitive;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Numbers of telephones, as the library knows every country's. Without a country code a number
 * counts when it is written as one, or stands beside a word that says so.
 */
final class Phones implements Detector {
  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final long MOST_TRIES = 1000;
  private static final Pattern SEVEN_DIGITS = Pattern.compile("(?:\\d[^\\d\\n]{0,3}){7}");
  private static final Pattern SAID =
      Context.words(
          "phones?|telephone|tel|tél|telefon\\w*|teléfono|telefono|telefone|call(?:ed|ing)?|mobile|mobil|cell(?:phone)?|handy|fax"
              + "|whatsapp|sms|text(?:ed)?|dial|reach|contact|ring|hotline|landline|móvil|celular|portable|rufnummer|number is|numéro");
  private static final Pattern OTHER =
      Context.words(
          "orders?|tracking|invoice|ticket|serial|sku|account|isbn|issn|ssn|ref(?:erence)?|id|case|version|part|model|zip|postcode|customer|policy|claim|batch|build|upc|ean|lot|po|number of|total|amount|price|timestamp");
  // written as nothing else is
  private static final Pattern TYPICAL =
      Pattern.compile(
          "\\(\\d{3}\\) ?\\d{3}[-. ]\\d{4}|1?[-. ]?\\d{3}-\\d{3}-\\d{4}|\\d{3}\\.\\d{3}\\.\\d{4}|\\(0\\d{1,5}\\)[ \\d/-]{5,12}|0\\d{1,4}[ /-]\\d{3,4}[ -]?\\d{3,6}|0\\d(?:[ .]\\d{2}){4}");
  private static final List<String> COMMON =
      List.of(
          "US", "GB", "DE", "FR", "ES", "IT", "IN", "AU", "BR", "NL", "CH", "AT", "BE", "SE", "PL",
          "MX", "JP", "ZA", "IE", "PT");

  private final List<String> regions;

  /**
   * @param region where numbers without a country code are from, or empty for any common one
   */
  Phones(String region) {
    this.regions = region.isEmpty() ? COMMON : List.of(region);
  }

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    if (!SEVEN_DIGITS.matcher(text).find()) {
      return hits;
    }
    for (PhoneNumberMatch m : LIBRARY.findNumbers(text, "ZZ", Leniency.VALID, MOST_TRIES)) {
      hits.add(new Hit("phone", "phone-international", m.start(), m.end(), 1));
    }
    boolean said = SAID.matcher(text).find();
    if (!said && !TYPICAL.matcher(text).find()) {
      return hits;
    }
    for (String region : regions) {
      for (PhoneNumberMatch m : LIBRARY.findNumbers(text, region, Leniency.VALID, MOST_TRIES)) {
        Hit hit =
            new Hit("phone", "phone-" + region.toLowerCase(Locale.ROOT), m.start(), m.end(), 0.9);
        if (hits.stream().noneMatch(hit::overlaps) && told(text, m)) {
          hits.add(hit);
        }
      }
    }
    return hits;
  }

  private static boolean told(String text, PhoneNumberMatch m) {
    boolean other = Context.before(text, m.start(), 20, OTHER);
    return !other
        && (Context.near(text, m.start(), m.end(), SAID)
            || TYPICAL.matcher(m.rawString()).matches());
  }
}
