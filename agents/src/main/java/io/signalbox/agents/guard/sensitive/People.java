package io.signalbox.agents.guard.sensitive;

import static io.signalbox.agents.guard.sensitive.Digits.at;
import static io.signalbox.agents.guard.sensitive.Digits.date;
import static io.signalbox.agents.guard.sensitive.Digits.number;
import static io.signalbox.agents.guard.sensitive.Digits.only;
import static io.signalbox.agents.guard.sensitive.Digits.weighted;

import java.util.Locale;

/** What makes each country's number of a person valid. */
final class People {
  private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final int[] FISCAL_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private People() {}

  static boolean ssn(String text) {
    String d = only(text);
    int area = number(d, 0, 3);
    return area != 0
        && area != 666
        && area < 900
        && number(d, 3, 5) != 0
        && number(d, 5, 9) != 0
        && !d.equals("123456789")
        && !Digits.allSame(d);
  }

  static boolean nhs(String text) {
    String d = only(text);
    int check = 11 - weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check == 11 ? 0 : check) == at(d, 9) && !Digits.allSame(d);
  }

  static boolean dni(String text) {
    String d = only(text);
    return DNI.charAt(Integer.parseInt(d) % 23) == last(text);
  }

  static boolean nie(String text) {
    int first = "XYZ".indexOf(Character.toUpperCase(text.charAt(0)));
    return DNI.charAt(Integer.parseInt(first + only(text)) % 23) == last(text);
  }

  private static char last(String text) {
    return Character.toUpperCase(text.charAt(text.length() - 1));
  }

  static boolean codiceFiscale(String text) {
    String code = text.replace(" ", "").toUpperCase(Locale.ROOT);
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int value = Character.digit(code.charAt(i), 36);
      int letter = value > 9 ? value - 10 : value;
      sum += i % 2 == 0 ? FISCAL_ODD[letter] : letter;
    }
    return (char) ('A' + sum % 26) == code.charAt(15);
  }

  static boolean nir(String text) {
    String code = text.replace(" ", "").toUpperCase(Locale.ROOT);
    String body = code.substring(0, 13).replace("2A", "19").replace("2B", "18");
    return 97 - Long.parseLong(body) % 97 == number(code, 13, 15);
  }

  static boolean steuerId(String text) {
    String d = only(text);
    return d.charAt(0) != '0' && Digits.mod1110(d) && !Digits.allSame(d.substring(0, 10));
  }

  static boolean ahv(String text) {
    String d = only(text);
    int sum = weighted(d, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
    return (10 - sum % 10) % 10 == at(d, 12);
  }

  static boolean nrn(String text) {
    String d = only(text);
    long body = Long.parseLong(d.substring(0, 9));
    int check = number(d, 9, 11);
    return number(d, 2, 4) <= 12
        && (97 - body % 97 == check || 97 - (2_000_000_000L + body) % 97 == check);
  }

  static boolean bsn(String text) {
    String d = only(text);
    return (weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) - at(d, 8)) % 11 == 0 && !Digits.allSame(d);
  }

  static boolean hetu(String text) {
    int day = number(text, 0, 2);
    int month = number(text, 2, 4);
    int rest = Integer.parseInt(text.substring(0, 6) + text.substring(7, 10)) % 31;
    return date(month, day) && "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(rest) == last(text);
  }

  static boolean personnummer(String text) {
    String d = only(text);
    String short10 = d.substring(d.length() - 10);
    int day = number(short10, 4, 6);
    return Digits.luhn(short10) && date(number(short10, 2, 4), day > 60 ? day - 60 : day);
  }

  static boolean fodselsnummer(String text) {
    String d = only(text);
    int day = number(d, 0, 2);
    return date(number(d, 2, 4) % 40, day > 40 ? day - 40 : day)
        && (weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2) + at(d, 9)) % 11 == 0
        && (weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) + at(d, 10)) % 11 == 0;
  }

  static boolean pesel(String d) {
    int check = (10 - weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
    return check == at(d, 10) && date(number(d, 2, 4) % 20, number(d, 4, 6));
  }

  static boolean nif(String text) {
    String d = only(text);
    int check = 11 - weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check > 9 ? 0 : check) == at(d, 8) && "1235689".indexOf(d.charAt(0)) >= 0;
  }

  static boolean czDate(String d) {
    int month = number(d, 2, 4) % 50;
    return date(month > 20 ? month - 20 : month, number(d, 4, 6));
  }

  static boolean cnp(String d) {
    int check = weighted(d, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
    return (check == 10 ? 1 : check) == at(d, 12) && date(number(d, 3, 5), number(d, 5, 7));
  }

  static boolean egn(String d) {
    int check = weighted(d, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10;
    return check == at(d, 9) && date(number(d, 2, 4) % 20, number(d, 4, 6));
  }

  static boolean isikukood(String d) {
    int check = weighted(d, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
    int other = weighted(d, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
    return (check == 10 ? other : check) == at(d, 10) && date(number(d, 3, 5), number(d, 5, 7));
  }

  static boolean svnr(String text) {
    String d = only(text);
    int sum = weighted(d, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6);
    return sum % 11 == at(d, 3);
  }

  static boolean pps(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    int sum = weighted(upper, 8, 7, 6, 5, 4, 3, 2);
    int extra = upper.length() > 8 ? (upper.charAt(8) - 'A' + 1) * 9 : 0;
    int rest = (sum + extra) % 23;
    return upper.charAt(7) == (rest == 0 ? 'W' : (char) ('A' + rest - 1));
  }

  static boolean cpf(String text) {
    String d = only(text);
    int first = weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return first == at(d, 9) && second == at(d, 10) && !Digits.allSame(d);
  }

  static boolean rut(String text) {
    String body = only(text.substring(0, text.indexOf('-')));
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum += at(body, body.length() - 1 - i) * (2 + i % 6);
    }
    int check = 11 - sum % 11;
    char wanted = check == 11 ? '0' : check == 10 ? 'K' : (char) ('0' + check);
    return wanted == last(text);
  }

  static boolean tfn(String text) {
    String d = only(text);
    return d.length() == 9
        ? weighted(d, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0
        : weighted(d, 10, 7, 8, 4, 6, 3, 5, 1) % 11 == 0;
  }

  static boolean resident(String text) {
    int sum = weighted(text, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    return "10X98765432".charAt(sum % 11) == last(text);
  }

  static boolean myNumber(String text) {
    String d = only(text);
    int rest = weighted(d, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    return (rest <= 1 ? 0 : 11 - rest) == at(d, 11);
  }

  static boolean nric(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    char first = upper.charAt(0);
    int sum = weighted(upper.substring(1), 2, 7, 6, 5, 4, 3, 2);
    int shifted = first == 'T' || first == 'G' ? sum + 4 : first == 'M' ? sum + 3 : sum;
    String letters =
        switch (first) {
          case 'S', 'T' -> "JZIHGFEDCBA";
          case 'M' -> "KLJNPQRTUWX";
          default -> "XWUTRQPNMLK";
        };
    int index = first == 'M' ? 10 - shifted % 11 : shifted % 11;
    return letters.charAt(index) == upper.charAt(8);
  }

  static boolean southAfrica(String text) {
    String d = only(text);
    return Digits.luhn(d) && date(number(d, 2, 4), number(d, 4, 6));
  }

  static boolean kimlik(String d) {
    int odd = at(d, 0) + at(d, 2) + at(d, 4) + at(d, 6) + at(d, 8);
    int even = at(d, 1) + at(d, 3) + at(d, 5) + at(d, 7);
    int tenth = Math.floorMod(odd * 7 - even, 10);
    return tenth == at(d, 9) && (odd + even + tenth) % 10 == at(d, 10);
  }
}
