package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of payment cards: an issuer's range, its lengths, and Luhn's check digit. */
final class Cards implements Detector {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._/-])(?:\\d{13,19}|\\d{4}([ .-]|\\u00a0)\\d{4}\\1\\d{4}\\1\\d{1,4}(?:\\1\\d{1,3})?"
              + "|\\d{4}([ .-])\\d{6}\\2\\d{4,5})(?![\\p{L}\\p{N}_]|[.-]\\d)");
  private static final Pattern CARD =
      Context.words(
          "cards?|visa|mastercard|master card|amex|american express|discover|diners|jcb|maestro"
              + "|unionpay|rupay|credit|debit|cc|ccnum|pan|cvv|cvc|expir\\w*|exp|payment|pay|charge\\w*"
              + "|kreditkarte|karte|carte|tarjeta|carta|cart[aã]o|kaart");
  private static final Pattern OTHER =
      Context.words(
          "orders?|tracking|invoice|ticket|serial|sku|ean|upc|isbn|imei|parcel|shipment|reference|ref"
              + "|timestamp|epoch|transaction|trace|request|session|build|commit|hash|part|model|item"
              + "|batch|lot|meter|account id|customer id|case|job|run|message id|event|id");

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    Matcher form = FORM.matcher(text);
    while (form.find()) {
      String digits = Digits.only(form.group());
      if (issued(digits) && Digits.luhn(digits) && !Digits.allSame(digits.substring(1))) {
        boolean said = Context.near(text, form.start(), form.end(), CARD);
        boolean bare = form.end() - form.start() == digits.length();
        // one number in ten passes Luhn's test by chance
        boolean other = bare && Context.before(text, form.start(), 24, OTHER);
        if (said || !other) {
          hits.add(new Hit("card", "card", form.start(), form.end(), said ? 1 : 0.9));
        }
      }
    }
    return hits;
  }

  private static boolean issued(String d) {
    int length = d.length();
    int two = Digits.number(d, 0, 2);
    int four = Digits.number(d, 0, 4);
    if (d.charAt(0) == '4') {
      return length == 13 || length == 16 || length == 19;
    }
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
      return length == 16;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if (four >= 3528 && four <= 3589) {
      return length >= 16;
    }
    if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095) {
      return length >= 14;
    }
    if (four == 6011 || two == 65 || (four >= 6440 && four <= 6499) || two == 62) {
      return length >= 16;
    }
    if (four >= 2200 && four <= 2204) {
      return length >= 16;
    }
    boolean maestro = two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67 || two == 60;
    return (maestro || two == 81 || two == 82) && length >= 16;
  }
}
