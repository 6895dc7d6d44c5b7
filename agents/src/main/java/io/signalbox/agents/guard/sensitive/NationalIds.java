package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * National numbers of people. A form that is rare by itself, with a check digit, counts wherever it
 * stands; one that any number may have counts beside a word that says what it is.
 */
final class NationalIds implements Detector {
  /** One country's number. */
  private record Id(String rule, Pattern form, Predicate<String> valid, Optional<Pattern> said) {
    static Id plain(String rule, String form, Predicate<String> valid) {
      return new Id(rule, pattern(form), valid, Optional.empty());
    }

    static Id said(String rule, String form, String words, Predicate<String> valid) {
      return new Id(rule, pattern(form), valid, Optional.of(Context.words(words)));
    }

    private static Pattern pattern(String form) {
      return Pattern.compile(
          "(?<![\\p{L}\\p{N}_]|\\d[.,/-])(?:" + form + ")(?![\\p{L}\\p{N}_]|[.,/-]\\d)",
          Pattern.CASE_INSENSITIVE);
    }
  }

  private static final String ANY_ID =
      "|national (?:id|identity|identification)(?: (?:number|no|card))?|identity (?:number|card)|id (?:number|no|card)|personal (?:number|code|id)|tax (?:id|number|no)|tin|citizen\\w*|identification";

  private static final List<Id> IDS =
      List.of(
          Id.plain("us-ssn", "\\d{3}-\\d{2}-\\d{4}", People::ssn),
          Id.said(
              "us-ssn",
              "\\d{3}[ .]?\\d{2}[ .]?\\d{4}",
              "ssn|social[ -]security(?: (?:number|no))?|soc sec|itin|taxpayer",
              People::ssn),
          Id.plain(
              "gb-nino",
              "(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]",
              _ -> true),
          Id.said(
              "gb-nhs",
              "\\d{3}[ -]?\\d{3}[ -]?\\d{4}",
              "nhs(?: (?:number|no))?|health service",
              People::nhs),
          Id.plain("es-dni", "\\d{8}[ -]?[A-HJ-NP-TV-Z]", People::dni),
          Id.plain("es-nie", "[XYZ][ -]?\\d{7}[ -]?[A-HJ-NP-TV-Z]", People::nie),
          Id.plain(
              "it-codice-fiscale",
              "[A-Z]{6}[ ]?[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[ ]?[A-Z][0-9LMNPQRSTUV]{3}[A-Z]",
              People::codiceFiscale),
          Id.plain(
              "fr-nir",
              "[12][ ]?\\d{2}[ ]?(?:0[1-9]|1[0-2]|[2-9]\\d)[ ]?(?:\\d{2}|2[AB])[ ]?\\d{3}[ ]?\\d{3}[ ]?\\d{2}",
              People::nir),
          Id.said(
              "de-steuer-id",
              "\\d{2}[ ]?\\d{3}[ ]?\\d{3}[ ]?\\d{3}",
              "steuer\\S*|tax\\S*(?: (?:id|number))?|idnr|identifikationsnummer|tin",
              People::steuerId),
          Id.plain("ch-ahv", "756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}", People::ahv),
          Id.plain("be-nrn", "\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}", People::nrn),
          Id.said(
              "be-nrn",
              "\\d{11}",
              "rijksregister\\S*|registre national|numéro national|nrn|insz|niss|belgi\\w+"
                  + ANY_ID,
              People::nrn),
          Id.said(
              "nl-bsn",
              "\\d{9}|\\d{4}[. ]\\d{2}[. ]\\d{3}|\\d{3}[. ]\\d{3}[. ]\\d{3}",
              "bsn|burgerservicenummer|sofi\\S*|dutch" + ANY_ID,
              People::bsn),
          Id.plain("fi-hetu", "\\d{6}[-+ABCDEFUVWXY]\\d{3}[0-9A-FHJ-NPR-Y]", People::hetu),
          Id.plain("se-personnummer", "(?:19|20)?\\d{6}[-+]\\d{4}", People::personnummer),
          Id.said(
              "se-personnummer",
              "(?:19|20)?\\d{10}",
              "person(?:nummer|nr)|swedish|sweden" + ANY_ID,
              People::personnummer),
          Id.said(
              "dk-cpr",
              "\\d{6}-?\\d{4}",
              "cpr\\S*|danish|personnummer" + ANY_ID,
              d ->
                  Digits.date(
                      Digits.number(Digits.only(d), 2, 4), Digits.number(Digits.only(d), 0, 2))),
          Id.said(
              "no-fnr",
              "\\d{6}[ ]?\\d{5}",
              "f[øo]dselsn\\S*|personnummer|norw\\w+|fnr" + ANY_ID,
              People::fodselsnummer),
          Id.said("pl-pesel", "\\d{11}", "pesel|polish|numer ewidencyjny" + ANY_ID, People::pesel),
          Id.said(
              "pt-nif",
              "\\d{3}[ ]?\\d{3}[ ]?\\d{3}",
              "nif|contribuinte|portug\\w+" + ANY_ID,
              People::nif),
          Id.plain(
              "cz-rc",
              "\\d{6}/\\d{4}",
              d -> Long.parseLong(Digits.only(d)) % 11 == 0 && People.czDate(Digits.only(d))),
          Id.said(
              "ro-cnp",
              "[1-9]\\d{12}",
              "cnp|cod numeric personal|romania\\w*" + ANY_ID,
              People::cnp),
          Id.said("bg-egn", "\\d{10}", "egn|егн|bulgaria\\w*" + ANY_ID, People::egn),
          Id.said("hr-oib", "\\d{11}", "oib|croatia\\w*|osobni" + ANY_ID, Digits::mod1110),
          Id.said(
              "ee-isikukood",
              "[1-8]\\d{10}",
              "isikukood|asmens kodas|estonia\\w*|lithuania\\w*" + ANY_ID,
              People::isikukood),
          Id.said(
              "at-svnr",
              "\\d{4}[ ]?\\d{6}",
              "svnr|sv-nummer|sozialversicherung\\S*|versicherungsnummer",
              People::svnr),
          Id.said(
              "ie-pps",
              "\\d{7}[A-W][A-I]?",
              "pps[n]?|personal public service|irish|ireland" + ANY_ID,
              People::pps),
          Id.plain("br-cpf", "\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}", People::cpf),
          Id.said("br-cpf", "\\d{9}-?\\d{2}", "cpf|cadastro|brazil\\w*" + ANY_ID, People::cpf),
          Id.plain(
              "mx-curp",
              "[A-Z]{4}\\d{6}[HM](?:AS|BC|BS|CC|CH|CL|CM|CS|DF|DG|GR|GT|HG|JC|MC|MN|MS|NE|NL|NT|OC|PL|QR|QT|SL|SP|SR|TC|TL|TS|VZ|YN|ZS)[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\\d",
              _ -> true),
          Id.said("ar-dni", "\\d{2}\\.\\d{3}\\.\\d{3}", "dni|documento" + ANY_ID, _ -> true),
          Id.said(
              "cl-rut",
              "\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dK]",
              "rut|run|chile\\w*" + ANY_ID,
              People::rut),
          Id.plain("cl-rut", "\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dK]", People::rut),
          Id.said(
              "ca-sin",
              "\\d{3}[ -]?\\d{3}[ -]?\\d{3}",
              "sin|social insurance(?: (?:number|no))?|canad\\w+|nas",
              d -> Digits.luhn(Digits.only(d)) && !Digits.allSame(Digits.only(d))),
          Id.said(
              "au-tfn",
              "\\d{3}[ -]?\\d{3}[ -]?\\d{2,3}",
              "tfn|tax file(?: (?:number|no))?",
              People::tfn),
          Id.said(
              "au-medicare",
              "[2-6]\\d{3}[ -]?\\d{5}[ -]?\\d",
              "medicare",
              d ->
                  Digits.weighted(Digits.only(d), 1, 3, 7, 9, 1, 3, 7, 9) % 10
                      == Digits.at(Digits.only(d), 8)),
          Id.plain(
              "in-aadhaar",
              "(?<!\\d )[2-9]\\d{3}[ -]\\d{4}[ -]\\d{4}(?! ?\\d)",
              d -> Digits.verhoeff(Digits.only(d))),
          Id.said("in-aadhaar", "[2-9]\\d{11}", "aadha+r|uidai|uid" + ANY_ID, Digits::verhoeff),
          Id.plain(
              "in-pan",
              "[A-Z]{3}[ABCFGHLJPT][A-Z]\\d{4}[A-Z]",
              d -> d.equals(d.toUpperCase(Locale.ROOT))),
          Id.plain(
              "cn-resident",
              "[1-8]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dX]",
              People::resident),
          Id.plain(
              "kr-rrn",
              "\\d{6}-[1-8]\\d{6}",
              d -> Digits.date(Digits.number(d, 2, 4), Digits.number(d, 4, 6))),
          Id.said(
              "jp-my-number",
              "\\d{4}[ -]?\\d{4}[ -]?\\d{4}",
              "my ?number|マイナンバー|個人番号",
              People::myNumber),
          Id.plain("sg-nric", "[STFGM]\\d{7}[A-Z]", People::nric),
          Id.said(
              "za-id",
              "\\d{6}[ ]?\\d{4}[ ]?[01]\\d{2}",
              "south africa\\w*|rsa|sa id" + ANY_ID,
              People::southAfrica),
          Id.said(
              "tr-kimlik",
              "[1-9]\\d{10}",
              "t\\.?c\\.?|kimlik\\S*|tckn|turk\\w+" + ANY_ID,
              People::kimlik),
          Id.said("il-teudat", "\\d{9}", "teudat\\S*|israel\\w*" + ANY_ID, Digits::luhn),
          Id.said(
              "passport",
              "[A-Z]{1,2}\\d{6,8}|[A-Z]\\d[A-Z0-9]{7}|\\d{9}|[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8}",
              "passport(?: (?:number|no|nr|#))?|reisepass\\S*|passeport|pasaporte|passaporto",
              d -> d.chars().anyMatch(Character::isDigit)),
          Id.said(
              "driving-licence",
              "[A-Z]{5}\\d{6}[A-Z0-9]{2}\\d?[A-Z]{2}|[A-Z]\\d{7,14}|[A-Z]\\d{3}-\\d{4}-\\d{4}",
              "driv\\w+'?s? licen[cs]e(?: (?:number|no))?|licen[cs]e (?:number|no)|dl",
              _ -> true));

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    for (Id id : IDS) {
      Matcher form = id.form().matcher(text);
      while (form.find()) {
        boolean said =
            id.said().map(it -> Context.near(text, form.start(), form.end(), it)).orElse(true);
        if (said && id.valid().test(form.group())) {
          hits.add(new Hit("national-id", id.rule(), form.start(), form.end(), 0.95));
        }
      }
    }
    return hits;
  }
}
