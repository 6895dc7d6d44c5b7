package io.signalbox.agents.guard.sensitive;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Makes up numbers that are valid and numbers that are nearly so. Its arithmetic is its own: a
 * mistake of the detectors is not repeated here.
 */
final class Forge {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private final Random dice;

  Forge(Random dice) {
    this.dice = dice;
  }

  String digits(int count) {
    StringBuilder all = new StringBuilder();
    all.append((char) ('1' + dice.nextInt(9)));
    while (all.length() < count) {
      all.append((char) ('0' + dice.nextInt(10)));
    }
    return all.toString();
  }

  String from(String alphabet, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(alphabet.charAt(dice.nextInt(alphabet.length())));
    }
    return all.toString();
  }

  String hex(int count) {
    return from("0123456789abcdef", count);
  }

  String one(String... of) {
    return of[dice.nextInt(of.length)];
  }

  private static int luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int d = body.charAt(body.length() - 1 - i) - '0';
      int twice = i % 2 == 0 ? d * 2 : d;
      sum += twice > 9 ? twice - 9 : twice;
    }
    return (10 - sum % 10) % 10;
  }

  String card(boolean valid) {
    String start = one("4", "51", "55", "2221", "37", "6011");
    int length = start.equals("37") ? 15 : 16;
    String body = start + digits(length - 1 - start.length());
    String all = body + (luhn(body) + (valid ? 0 : 1 + dice.nextInt(9))) % 10;
    return switch (dice.nextInt(3)) {
      case 0 -> all;
      case 1 -> all.length() == 16 ? grouped(all, " ", 4, 4, 4, 4) : grouped(all, " ", 4, 6, 5);
      default -> all.length() == 16 ? grouped(all, "-", 4, 4, 4, 4) : grouped(all, "-", 4, 6, 5);
    };
  }

  static String grouped(String all, String between, int... sizes) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int size : sizes) {
      out.append(out.isEmpty() ? "" : between).append(all, at, at + size);
      at += size;
    }
    return out.toString();
  }

  String iban(boolean valid) {
    String country = one("DE", "FR", "GB", "NL", "ES", "CH", "AT", "IT");
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    String body =
        switch (country) {
          case "DE" -> digits(18);
          case "FR" -> digits(23);
          case "GB" -> from(letters, 4) + digits(14);
          case "NL" -> from(letters, 4) + digits(10);
          case "ES" -> digits(20);
          case "CH" -> digits(17);
          case "AT" -> digits(16);
          default -> from(letters, 1) + digits(22);
        };
    int check = 98 - remainder(body + country + "00");
    int written = valid ? check : check > 50 ? check - 1 - dice.nextInt(9) : check + 1;
    String all = country + "%02d".formatted(written) + body;
    return dice.nextBoolean() ? all : all.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private static int remainder(String text) {
    StringBuilder number = new StringBuilder();
    text.chars().forEach(c -> number.append(Character.digit(c, 36)));
    return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
  }

  /** With the words that stand before it in real documents. */
  String nationalId() {
    return switch (dice.nextInt(6)) {
      case 0 ->
          "%03d-%02d-%04d"
              .formatted(1 + dice.nextInt(665), 1 + dice.nextInt(99), 1 + dice.nextInt(9999));
      case 1 -> dni(true);
      case 2 -> nir();
      case 3 -> ahv();
      case 4 -> cpf();
      default -> "AB" + digits(6) + "C";
    };
  }

  String dni(boolean valid) {
    int number = 10_000_000 + dice.nextInt(80_000_000);
    String letters = "TRWAGMYFPDXBNJZSQVHLCKE";
    return number + "" + letters.charAt((number + (valid ? 0 : 1 + dice.nextInt(22))) % 23);
  }

  private String nir() {
    String body =
        "%d%02d%02d%02d%03d%03d"
            .formatted(
                1 + dice.nextInt(2),
                dice.nextInt(100),
                1 + dice.nextInt(12),
                1 + dice.nextInt(95),
                1 + dice.nextInt(990),
                1 + dice.nextInt(999));
    return body + "%02d".formatted(97 - Long.parseLong(body) % 97);
  }

  private String ahv() {
    String body = "756" + digits(9);
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return grouped(body + (10 - sum % 10) % 10, ".", 3, 4, 4, 2);
  }

  private String cpf() {
    String nine = digits(9);
    String ten = nine + cpfDigit(nine);
    return grouped(nine, ".", 3, 3, 3) + "-" + ten.charAt(9) + cpfDigit(ten);
  }

  private static int cpfDigit(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum += (body.charAt(i) - '0') * (body.length() + 1 - i);
    }
    int rest = sum * 10 % 11;
    return rest == 10 ? 0 : rest;
  }

  String email() {
    return one("ada", "j.smith", "info", "m_keller", "pia.o'neil", "li+news", "kundenservice")
        + (dice.nextBoolean() ? "" : digits(2))
        + "@"
        + one("example.org", "mail.firma.de", "uni-bonn.de", "shop.co.uk", "post.fr", "corp.io");
  }

  String phone() {
    return switch (dice.nextInt(6)) {
      case 0 -> "+49 30 9018" + digits(4);
      case 1 -> "+1 212 736 " + digits(4);
      case 2 -> "+44 20 7946 0" + digits(3);
      case 3 -> "+33 1 42 68 " + digits(2) + " " + digits(2);
      case 4 -> "(415) 736-" + digits(4);
      default -> "+34 91 345 " + digits(2) + " " + digits(2);
    };
  }

  String ip() {
    return dice.nextInt(3) > 0
        ? "%d.%d.%d.%d"
            .formatted(
                11 + dice.nextInt(200), dice.nextInt(256), dice.nextInt(256), 1 + dice.nextInt(254))
        : "2001:db8:" + hex(4) + ":" + hex(4) + "::" + hex(3);
  }

  String secret() {
    String letters = BASE62.substring(10);
    return switch (dice.nextInt(6)) {
      case 0 -> "AKIA" + from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
      case 1 -> github();
      case 2 -> "xoxb-" + digits(12) + "-" + digits(12) + "-" + from(BASE62, 24);
      case 3 -> jwt();
      case 4 -> "AIza" + from(BASE62 + "_-", 35);
      default -> "glpat-" + from(letters + "0123456789", 20);
    };
  }

  private String github() {
    String body = from(BASE62, 30);
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    long left = crc.getValue();
    StringBuilder check = new StringBuilder();
    while (check.length() < 6) {
      check.insert(0, BASE62.charAt((int) (left % 62)));
      left /= 62;
    }
    return "ghp_" + body + check;
  }

  private String jwt() {
    Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
    return List.of("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "{\"sub\":\"" + digits(8) + "\"}")
            .stream()
            .map(it -> url.encodeToString(it.getBytes(StandardCharsets.UTF_8)))
            .reduce((a, b) -> a + "." + b)
            .orElseThrow()
        + "."
        + from(BASE62 + "_-", 43);
  }

  /** What looks like one of them and is none. */
  String nearMiss() {
    return switch (dice.nextInt(16)) {
      case 0 -> "order no. " + card(false).replaceAll("\\D", "");
      case 1 -> "reference " + iban(false);
      case 2 -> "order 2024-" + digits(6);
      case 3 -> "at " + (1_600_000_000_000L + dice.nextInt(2_000_000_000));
      case 4 -> hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
      case 5 -> "commit " + hex(40);
      case 6 -> "sha256:" + hex(64);
      case 7 ->
          "version "
              + dice.nextInt(20)
              + "."
              + dice.nextInt(20)
              + "."
              + dice.nextInt(90)
              + "."
              + dice.nextInt(9);
      case 8 ->
          "2025-0"
              + (1 + dice.nextInt(9))
              + "-1"
              + dice.nextInt(9)
              + "T08:14:0"
              + dice.nextInt(10)
              + ".123Z";
      case 9 -> "article " + dni(false);
      case 10 -> "total 1." + digits(3) + "." + digits(3) + ",00";
      case 11 -> "password: ********";
      case 12 -> "api_key=${API_KEY}";
      case 13 -> "mac 00:1b:" + hex(2) + ":4a:" + hex(2) + ":0f";
      case 14 -> "ISBN 978-3-" + digits(3) + "-" + digits(5) + "-" + dice.nextInt(10);
      default -> "tracking 1Z" + digits(3) + "AA1" + digits(9);
    };
  }
}
