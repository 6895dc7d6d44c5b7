package io.signalbox.runtime.taint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text says to a reader who undoes the usual disguises. */
final class Unwrapped {
  private static final int MOST = 40;
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{12,}={0,2}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}[ :]?){6,}");
  private static final Pattern PERCENT = Pattern.compile("%[0-9a-fA-F]{2}");
  private static final Pattern AT =
      Pattern.compile("(?i)\\s*[\\[({<]?\\s*\\b(at|arroba|chez)\\b\\s*[\\])}>]?\\s*");
  private static final Pattern DOT =
      Pattern.compile(
          "(?i)\\s*[\\[({<]\\s*(dot|punkt|punto|point|\\.)\\s*[\\])}>]\\s*|\\s+(dot|punkt|punto|point)\\s+");
  private static final Pattern SPACED =
      Pattern.compile("(?:\\b[\\p{L}\\p{N}@.]\\b?[ ._-]){5,}[\\p{L}\\p{N}]");
  private static final Pattern ENTITY = Pattern.compile("&#(x?)([0-9a-fA-F]{2,6});");

  private Unwrapped() {}

  static List<String> of(String text) {
    List<String> found = new ArrayList<>();
    matches(BASE64, text, it -> base64(it, found));
    matches(HEX, text, it -> hex(it, found));
    if (PERCENT.matcher(text).find()) {
      percent(text, found);
    }
    if (ENTITY.matcher(text).find()) {
      found.add(
          ENTITY
              .matcher(text)
              .replaceAll(
                  it ->
                      Matcher.quoteReplacement(
                          Character.toString(
                              Math.min(
                                  Character.MAX_CODE_POINT,
                                  Integer.parseInt(
                                      it.group(2),
                                      it.group(1).isEmpty() && it.group(2).matches("\\d+")
                                          ? 10
                                          : 16))))));
    }
    String spelt = DOT.matcher(AT.matcher(text).replaceAll("@")).replaceAll(".");
    if (!spelt.equals(text)) {
      found.addAll(Payload.mails(spelt));
    }
    matches(SPACED, text, it -> found.add(it.replaceAll("[ ._-]", "")));
    found.add(rotated(text));
    found.add(new StringBuilder(text).reverse().toString());
    return found.size() > MOST ? found.subList(0, MOST) : found;
  }

  private static void matches(
      Pattern pattern, String text, java.util.function.Consumer<String> each) {
    Matcher matcher = pattern.matcher(text);
    for (int i = 0; i < MOST && matcher.find(); i++) {
      each.accept(matcher.group());
    }
  }

  private static void base64(String text, List<String> found) {
    try {
      String plain = text.replace('-', '+').replace('_', '/').replace("=", "");
      printable(Base64.getDecoder().decode(plain), found);
    } catch (IllegalArgumentException e) {
      return; // not in that alphabet after all: nothing hides in it
    }
  }

  private static void hex(String text, List<String> found) {
    printable(HexFormat.of().parseHex(text.replaceAll("[ :]", "")), found);
  }

  private static void percent(String text, List<String> found) {
    try {
      found.add(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return; // a stray percent sign: read as it stands
    }
  }

  private static void printable(byte[] bytes, List<String> found) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    long odd = text.chars().filter(c -> c < 9 || c == 0xfffd || (c > 13 && c < 32)).count();
    if (text.length() >= 4 && odd == 0) {
      found.add(text);
    }
  }

  private static String rotated(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        out.append((char) ('a' + (c - 'a' + 13) % 26));
      } else if (c >= 'A' && c <= 'Z') {
        out.append((char) ('A' + (c - 'A' + 13) % 26));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
