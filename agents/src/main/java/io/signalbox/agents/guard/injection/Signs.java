package io.signalbox.agents.guard.injection;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Signs that tell orders from talk about orders: who is addressed, what is to be done with what and
 * where to, and whether the text describes, quotes or asks. Weighed together, also in pairs.
 */
final class Signs {
  private static final Pattern AI =
      pattern(
          "\\b(?:ai|a\\.i\\.|llms?|(?:ai|virtual|digital|automated|language|browsing|email|e-mail|calendar|coding|support|scheduling|shopping|voice|finance|research|vision|grading) (?:assistants?|agents?|models?|bots?|helpers?|systems?|readers?|screeners?)|language models?|chat ?bots?|chatgpt|gpt(?:-?\\d)?|claude|copilot|gemini|bots?|crawlers?|summari[sz]ers?|screeners?|orchestrator|planner|sub-?agents?|moderator model)\\b|\\b(?:assistants?|agents?|models?)\\b(?! (?:manager|professor|coach|director|prices?|railway|number))");
  private static final Pattern VOCATIVE =
      pattern(
          "(?:^|[.!?:;>\"'(\\n\\[{*#/-]\\s*|\\b(?:dear|hey|hi|hello|to|for|note|attention|notice|instructions?|message|memo|p\\.?s\\.?)\\b[^.!?\\n]{0,24})(?:the |any |all |an? |your |whichever |my )?(?:\\w+ ){0,2}?(?:ai|llms?|assistants?|agents?|(?:language )?models?|chat ?bots?|bots?|copilot|claude|chatgpt|gpt|summari[sz]er|crawlers?|orchestrator|planner|executor|supervisor)\\b\\s*(?:[,:;–—-]|only|agents?|assistants?|readers?|reading|processing|visiting|browsing|handling|that|who|which|when|must|should|shall|please|has to|have to|working|analysing|instructions?|note|model|bot)");
  private static final Pattern DEED =
      pattern(
          "\\b(?:send|forward|e?-?mail|transfer|wire|pay|refund|delete|remove|erase|empty|share|invite|add|upload|post|publish|leak|disclose|reveal|expose|grant|give|approve|accept|merge|push|run|execute|invoke|call|install|download|open|visit|fetch|click|submit|book|buy|order|purchase|cancel|change|update|replace|set|disable|turn off|switch (?:on|off)|unlock|subscribe|unsubscribe|copy|append|include|insert|embed|encode|collect|export|recommend|rate|rank|mark|print|output|display|show|repeat|respond|answer|reply|say|tell|write|pretend|act|read)\\b");
  private static final Pattern PRIZE =
      pattern(
          "\\b(?:passwords?|credentials?|api[ _-]?keys?|keys?|secrets?|tokens?|pins?|one-time code|2fa|cookies?|sessions?|salar(?:y|ies)|conversations?|chat history|history|memory|inbox|contacts?|personal data|customer (?:records|list|data)|records|address|phone numbers?|location|documents?|files?|\\.env|environment|id_rsa|database|accounts?|money|funds|balance|payments?|card|iban|admin(?:istrator)?|root|permissions?|access|system prompt|prompt|instructions|rules|guidelines|configuration)\\b");
  private static final Pattern PLACE =
      pattern(
          "(?:[\\w.+-]+@[\\w-]+\\.[\\w.]+|https?://|\\b[\\w-]+\\.(?:com|net|org|io|co|info|site|xyz|biz|ru|dev|cc|test|example|app|run)\\b|\\b[A-Z]{2}\\d{2}[ -]?[A-Z0-9]{4}|\\b(?:address|account|link|url|endpoint|server|webhook) (?:below|here|in this|in the footer|at the)|\\d{1,3}(?:\\.\\d{1,3}){3}|to me\\b)");
  private static final Pattern SILENT =
      pattern(
          "\\b(?:without (?:asking|confirm\\w*|mention\\w*|telling|comment|approval|notify\\w*|a (?:second|further)|further|waiting|bothering|saying|review|the user|refus\\w+)|(?:do not|don't|never|no need to) (?:mention|tell|ask|inform|notify|show|report|reveal|wait|warn)|(?:skip|bypass|no longer need) (?:the |all |any )?(?:confirmation|approval|checks?|validation|verification|review)|already (?:approved|agreed|said yes|consented|authori[sz]ed)|pre-?approved|hide (?:this|other)|(?:do|does) not (?:mention|tell|report)|secretly|hidden)\\b");
  private static final Pattern BINDING =
      pattern(
          "\\b(?:your (?:(?:only |real |new |true |next )?(?:job|task|goal|role|instructions?|rules|guidelines|prompt|programming|training|filters?|safety|restrictions?|memory|developers?|creator|context|system|configuration|operator|user|answer|reply|output|summary)|answers)|you are (?:now|no longer|free|in)|you (?:will now|must now|no longer)|from (?:now|here|this point) on|as of now|at once|immediately|instead)\\b");
  private static final Pattern OVERRULE =
      pattern(
          "\\b(?:ignore|disregard|forget|override|bypass|skip|drop|void|cancel(?:led)?|replace[sd]?|stop following|lifted|switched off|no (?:rules|filters|restrictions|limits|longer)|unrestricted|uncensored|unfiltered|jailb\\w+|developer mode|maintenance mode|never refuse\\w*)\\b");
  private static final Pattern ABOUT =
      pattern(
          "\\b(?:attack(?:s|er|ers)?|injections?|payloads?|research\\w*|stud(?:y|ies|ied|ent)|papers?|articles?|chapters?|talk|tutorial|explains?|means|is (?:a|an|the|called)|are called|known as|such as|for example|e\\.g\\.|defen[cs]es?|defend|prevent\\w*|protect\\w*|detect\\w*|mitigat\\w*|vulnerab\\w+|risks?|owasp|benchmark|data ?set|red team\\w*|classif\\w+|filters? on|phrase|tried|tries|hid|hides|was|were|would|had|told|asked|claim\\w*|police|warn(?:s|ed)?|investigat\\w+|published|measured|stopped|found|shows?|results?)\\b");
  private static final Pattern ASKS =
      pattern(
          "(?:^|[.!]\\s+)(?:how|what|which|who|why|where|when|can|could|is|are|does|did|should)\\b[^.!]*\\?");
  private static final Pattern QUOTED =
      Pattern.compile(
          "[\"“'‘«][^\"”'’»]{0,80}(?:ignore|disregard|forget|you are now|system prompt|reveal|override|instructions)[^\"”'’»]{0,80}[\"”'’»]",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MINE = pattern("\\b(?:i|my|me|we|our|us|i'm|i've)\\b");
  private static final Pattern COURTEOUS =
      pattern(
          "\\b(?:please|kindly|thanks|thank you|regards|could you|would you|let me know|attached|meeting|deadline|colleagues?|department|customer service)\\b");
  private static final Pattern LEADS =
      Pattern.compile(
          "^\\W{0,4}(?:please |pls |now |first,? |always |immediately )?(?:ignore|disregard|forget|override|send|forward|print|repeat|reveal|output|show|list|act|pretend|enter|write|translate|answer|respond|call|run|delete|transfer|add|include|encode|summari[sz]e|tell|remember|store|save|update|describe|drop|stop|complete|decode|read|take|render|put|fetch|ask|post|simulate|imagine)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final List<Pattern> ALL =
      List.of(
          AI, VOCATIVE, DEED, PRIZE, PLACE, SILENT, BINDING, OVERRULE, ABOUT, ASKS, QUOTED, MINE,
          COURTEOUS, LEADS);
  private static final int[][] PAIRS = {
    {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 8}, {1, 2}, {1, 4}, {1, 3}, {2, 4}, {2, 5}, {3, 4}, {3, 5},
    {2, 6}, {3, 6}, {6, 7}, {7, 8}, {7, 10}, {8, 10}, {0, 9}, {13, 6}, {13, 7}, {13, 3}, {12, 2},
    {11, 12}, {3, 7}, {4, 5}, {0, 13}, {6, 8}, {8, 9},
  };

  /** How many numbers {@link #of} gives. */
  static final int COUNT = ALL.size() + PAIRS.length;

  private Signs() {}

  private static Pattern pattern(String text) {
    return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
  }

  /** Each sign as 0 or 1, then those pairs of them that mean more together. */
  static void of(String text, float[] into, int at) {
    for (int i = 0; i < ALL.size(); i++) {
      into[at + i] = ALL.get(i).matcher(text).find() ? 1 : 0;
    }
    for (int i = 0; i < PAIRS.length; i++) {
      into[at + ALL.size() + i] = into[at + PAIRS[i][0]] * into[at + PAIRS[i][1]];
    }
  }
}
