package io.signalbox.agents.guard.injection;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns of phrase that orders to an assistant have and little else. Each is evidence, weighed with
 * the rest; one alone seldom decides, since people write about such orders too.
 */
final class Rules {
  /**
   * @param weight how sure it alone makes, as log-odds
   */
  record Rule(String name, Pattern pattern, double weight) {}

  private static final String PAST =
      "(?:previous|prior|preceding|above|earlier|existing|original|initial|former|foregoing|other|old|your|all|any|these|those|the|my|system|safety|default|current|developer|security|given)";
  private static final String ORDERS =
      "(?:instructions?|prompts?|directions?|guidelines?|rules?|commands?|orders?|directives?|constraints?|polic(?:y|ies)|restrictions?|programming|training|guardrails?|safeguards?|context|messages?|everything|anything|content|tasks?|filters?|limitations?)";
  private static final String DROP =
      "(?:ignore|disregard|forget|override|overrule|bypass|skip|drop|discard|neglect|dismiss|circumvent|abandon|cancel|void|set aside|pay no attention to|do not (?:follow|obey|adhere to|comply with)|don't (?:follow|obey|listen to)|stop following|no longer (?:follow|obey|bound by))";
  private static final String YOU =
      "(?:ai|a\\.i\\.|assistant|llm|language model|chat ?bot|bot|agent|gpt|chatgpt|claude|gemini|copilot|model|summari[sz]er|crawler|screening (?:system|tool)|automated (?:system|reader|assistant))";

  static final List<Rule> ALL =
      List.of(
          rule(
              "drop-orders",
              3.2,
              "\\b"
                  + DROP
                  + "\\b[^.!?\\n]{0,24}?\\b"
                  + PAST
                  + "\\b[^.!?\\n]{0,30}?\\b"
                  + ORDERS
                  + "\\b"),
          rule(
              "drop-told",
              3.0,
              "\\b"
                  + DROP
                  + "\\b[^.!?\\n]{0,20}\\b(?:what(?:ever)?|everything|anything|all)\\b[^.!?\\n]{0,24}\\b(?:told|said|instructed|written|asked|before|above|prior|so far|programmed)\\b"),
          rule(
              "drop-foreign",
              3.2,
              "(?:ignor(?:e[zr]?|iere?n?|a|are|ad|ez|uj)|vergiss|vergesse|oublie[zr]?|olvida|dimentica|missachte|négligez|esque[cç]a|negeer|zignoruj|игнориру\\w+|забудь\\w*|忽略|忽视|無視|무시)[^.!?\\n]{0,40}(?:instruk\\w+|anweisung\\w*|vorgaben?|instruct\\w+|consignes?|instruccion\\w*|istruzion\\w*|instru[cç][oõ]es|instructies|polece\\w+|инструкци\\w+|указани\\w+|指令|指示|提示|지시)"),
          rule(
              "new-orders",
              2.2,
              "\\b(?:new|updated|real|actual|true|revised|special|additional|following|override)\\s+(?:system\\s+)?(?:instructions?|orders?|directives?|prompt|task|objective|mission|rules)\\b\\s*(?::|follow|are|is\\b|from)"),
          rule(
              "reveal-prompt",
              2.8,
              "\\b(?:reveal|show|print|repeat|output|display|tell|give|disclose|share|leak|dump|recite|reproduce|expose|write out|copy|paste|echo|translate|encode|summari[sz]e)\\b[^.!?\\n]{0,40}\\b(?:(?:your|the|this)\\s+(?:\\w+\\s+){0,3}(?:system|initial|hidden|original|secret|internal|developer|confidential|base|pre)[- ]?(?:\\w+\\s+)?(?:prompts?|instructions?|messages?|rules|guidelines|configuration|directives?)|(?:everything|all|text|words) (?:above|before this))"),
          rule(
              "reveal-yours",
              1.6,
              "\\b(?:what (?:are|is|were)|reveal|show|print|repeat|output|list)\\b[^.!?\\n]{0,20}\\byour (?:instructions|prompt|guidelines|rules|initial message|tools?)\\b"),
          rule(
              "new-self",
              2.2,
              "\\b(?:you are now|from now on,? you(?:'re| are| will| must)?|you(?:'ll| will) (?:now )?(?:act|behave|respond|operate|play)|act as (?:if you|though you|an? (?:unrestricted|unfiltered|evil|uncensored|jailbroken))|pretend (?:to be|you(?:'re| are)|that you)|roleplay as|simulate (?:a|an|being)|enter (?:developer|debug|god|admin|maintenance|dan|sudo)[- ]mode|(?:developer|debug|god|dan|jailbreak|unrestricted|sudo|admin(?:istrator)?|maintenance|diagnostic|test) mode (?:is )?(?:now )?(?:enabled|activated|on|engaged|unlocked|active))\\b"),
          rule(
              "no-limits",
              2.0,
              "\\b(?:without|no|free (?:of|from)|lift(?:ed)?|remove|disable|turn off|unlock|ignor\\w+|not bound by|bypass\\w*)\\b[^.!?\\n]{0,24}\\b(?:ethical|moral|safety|content|usage|any|all|your)?\\s*(?:restrictions?|filters?|guardrails?|limitations?|safeguards?|safety (?:checks?|measures|protocols?|guidelines)|moderation|censorship|content polic(?:y|ies)|guidelines)\\b"),
          rule(
              "jailbreak",
              2.4,
              "\\b(?:jailbreak|jailbroken|do anything now|\\bDAN\\b(?=.{0,40}(?:mode|can|you|anything))|aim mode|stan mode|evil (?:bot|ai|confidant)|uncensored (?:ai|model|assistant)|unfiltered (?:ai|model|assistant|response))"),
          rule(
              "addressed",
              2.4,
              "(?:\\b(?:note|message|instructions?|attention|notice|hint|memo|important|reminder|dear|hey|hi|hello|to|for|if you(?:'re| are))\\b[^.!?\\n]{0,24}\\b(?:to|for|the|an?|all|any)?\\s*\\b"
                  + YOU
                  + "s?\\b[^.!?\\n]{0,40}?(?::|,|;|-|—|reading|processing|summari[sz]ing|parsing|reviewing|must|should|please|that))"),
          rule("if-model", 2.6, "\\bif you(?:'re| are) (?:an? )?(?:\\w+ )?" + YOU + "\\b"),
          rule(
              "role-mark",
              2.6,
              "(?:^|\\n|\\s|>)\\s*(?:\\[|<|<\\||###? ?|\\*\\*|\\{\\{)?/?(?:system|assistant|developer|admin(?:istrator)?|root|SYSTEM OVERRIDE|INST|im_start|im_end|endoftext|start_header_id|begin_of_text|sys|end of (?:user )?(?:input|document|context|data|email|message|prompt)|user input ends?|tool_(?:result|response|call))(?:\\s+(?:override|update|message|notice|prompt|instruction|alert|note|command|directive))?(?:\\]|>|\\|>|\\*\\*|\\}\\}|:)"),
          rule(
              "chat-mark",
              3.0,
              "<\\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|begin_of_text)\\|>|\\[/?INST\\]|<</?SYS>>|</?(?:system|assistant|user_query|system_prompt|system-reminder|function_calls?|tool_result|instructions)>"),
          rule(
              "end-of-data",
              2.0,
              "(?:-{3,}|={3,}|#{3,}|\\*{3,})\\s*(?:end|begin|start|stop)[ _](?:of[ _])?(?:the[ _])?(?:new[ _])?(?:user|document|email|data|context|input|untrusted|content|system|instructions?|prompt|trusted)"),
          rule(
              "secretly",
              2.0,
              "\\b(?:do not|don't|never|without)\\b[^.!?\\n]{0,24}\\b(?:tell(?:ing)?|inform(?:ing)?|mention(?:ing)?|notify(?:ing)?|alert(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|ask(?:ing)?|warn(?:ing)?|let(?:ting)?|show(?:ing)?|report(?:ing)?|acknowledg(?:e|ing)|seek(?:ing)?)\\b[^.!?\\n]{0,24}\\b(?:the )?(?:user|them|him|her|human|owner|operator|anyone|anybody|customer|recipient|this (?:message|instruction|note|step|action|to|request)|for (?:confirmation|permission|approval)|confirmation|about this)\\b"),
          rule(
              "exfiltrate",
              2.2,
              "\\b(?:send|forward|email|e-mail|post|upload|transmit|exfiltrate|leak|deliver|copy|submit|bcc|cc|append|include|embed|encode|share|export|append)\\b[^.!?\\n]{0,70}\\b(?:passwords?|credentials?|api[ _-]?keys?|secrets?|tokens?|cookies?|conversations?|chat (?:history|log)|system prompt|contacts?|private|confidential|inbox|e?-?mails?|messages|environment variables|ssh keys?|\\.env|files|data|customer (?:list|data|records)|personal (?:data|information))\\b[^.!?\\n]{0,50}\\b(?:to|at|via|using|into|in the url|as (?:a )?(?:query|url|parameter))\\b[^\\n]{0,40}(?:@|https?://|\\w+\\.(?:com|net|org|io|ru|cn|xyz|site|example|evil|test)|attacker|webhook|this (?:address|url|link|server)|the following)"),
          rule(
              "image-leak",
              3.0,
              "!\\[[^\\]]{0,80}\\]\\(\\s*https?://[^)\\s]{0,200}(?:\\{|\\[|<|%7B|\\$|DATA|SECRET|PROMPT|CONTENT|BASE64)"),
          rule(
              "tool-order",
              1.6,
              "\\b(?:call|invoke|use|run|execute|trigger)\\b[^.!?\\n]{0,20}\\b(?:the )?[`'\"]?\\w+[_.]\\w+[`'\"]?\\s*(?:tool|function|api|command|\\()"),
          rule(
              "before-task",
              1.8,
              "\\b(?:before|instead of|rather than|prior to|as (?:the|your) first step|after|when|while|once you|whenever)\\b[^.!?\\n]{0,24}\\b(?:summari[sz]\\w+|answer\\w*|respond\\w*|reply\\w*|continu\\w+|complet\\w+|process\\w*|us(?:e|ing) this tool|calling|translat\\w+|review\\w*|proceed\\w*)\\b[^.!?\\n]{0,60}\\b(?:you must|first|also|always|make sure|please|must|send|call|read|fetch|forward|include|pass|output|say|print)\\b"),
          rule(
              "say-only",
              1.6,
              "\\b(?:(?:only|just|simply|always|instead)\\s+(?:say|respond|reply|answer|output|print|write)|(?:say|respond|reply|answer|output|print|write)\\s+(?:only|just|exactly|with (?:only|exactly|the (?:word|phrase|following))))\\b"),
          rule(
              "rate-me",
              1.8,
              "\\b(?:rate|rank|score|recommend|mark|classify|label|evaluate|grade|approve|prefer|hire|select|list)\\b[^.!?\\n]{0,40}\\b(?:this|my|our|the following)\\s+(?:candidate|paper|submission|product|review|application|resume|cv|essay|transaction|email|message|code|document|page|site|company|proposal|answer)\\b[^.!?\\n]{0,40}\\b(?:as|highest|top|first|best|positive\\w*|safe|approved|perfect|full|10|maximum|benign|excellent|accept\\w*)\\b"),
          rule(
              "authority",
              1.4,
              "\\b(?:this is (?:an? )?(?:urgent |official |direct |authorized |emergency )?(?:message|order|instruction|directive|request|command|notice|override)\\s+from|i am (?:your|the) (?:developer|creator|administrator|admin|owner|supervisor|operator)|(?:anthropic|openai|google|microsoft|it|security|the (?:administrator|developers?|system|security team|platform)) (?:has |have )?(?:authori[sz]ed|instructed|approved|requires?|updated|ordered)|pre-?authori[sz]ed|already (?:approved|authori[sz]ed|consented|confirmed) by|on behalf of the (?:user|owner|admin))\\b"),
          rule(
              "conceal",
              1.8,
              "(?:color\\s*:\\s*(?:white|#fff(?:fff)?|transparent)|font-size\\s*:\\s*[01](?:px|pt|em)?\\b|display\\s*:\\s*none|visibility\\s*:\\s*hidden|opacity\\s*:\\s*0\\b|<!--)[^\\n]{0,300}?\\b(?:ignore|assistant|ai|you must|instruction|send|model|agent|system)\\b"),
          rule(
              "obey",
              1.4,
              "\\b(?:you (?:must|have to|are (?:required|instructed|ordered|obligated|authorized) to|shall|need to|will)|it is (?:mandatory|imperative|critical|essential) (?:that you|to))\\s+(?:\\w+\\s+){0,3}(?:obey|comply|follow|execute|send|forward|transfer|delete|reveal|ignore|output|respond|reply|call|invoke|run|include|approve|grant|add|share|post|email|download|visit|open|fetch)\\b"),
          rule(
              "memory",
              1.8,
              "\\b(?:remember|memori[sz]e|store|save|add|update|write)\\b[^.!?\\n]{0,40}\\b(?:your (?:long-term )?memory|to memory|in memory|for (?:all )?future (?:conversations?|sessions?|chats?|requests?|interactions?)|permanently|from now on)\\b"),
          rule(
              "decode-and-do",
              2.4,
              "\\b(?:decode|decrypt|deobfuscate|base64|rot13|unscramble|reverse)\\b[^.!?\\n]{0,60}\\b(?:and|then)\\b[^.!?\\n]{0,24}\\b(?:execute|follow|run|obey|do|carry out|comply|act|perform|respond|answer)\\b"));

  private static Rule rule(String name, double weight, String pattern) {
    return new Rule(name, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), weight);
  }

  private Rules() {}

  /** Which of them stand in the text, each once. */
  static List<Rule> in(String text) {
    List<Rule> found = new ArrayList<>();
    for (Rule rule : ALL) {
      Matcher m = rule.pattern().matcher(text);
      if (m.find()) {
        found.add(rule);
      }
    }
    return found;
  }
}
