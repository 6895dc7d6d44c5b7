package io.signalbox.runtime.taint;

import java.util.List;
import java.util.regex.Pattern;

/** Whether a sentence in what was read tries to give orders. Only ever used to hold more back. */
final class Cues {
  private static final Pattern STRONG =
      Pattern.compile(
          "(?i)\\b(assistants?|a\\.?i\\.?|agents?|llms?|chat ?bots?|language models?|gpt|claude|copilot|gemini|bots?"
              + "|ignore (all|any|the|your|previous|prior|what)|disregard|override|system ?(prompt|message|note|notice|update|alert)"
              + "|(new|updated|following|these|hidden|above|previous|prior|all) (instructions?|tasks?|directives?|orders?)"
              + "|instructions? (to|for)|before (you|using|doing|answering|replying|proceeding|summari)"
              + "|you (must|should|have to|need to|are required|are now)|do not (tell|mention|inform|ask|reveal|notify|alert)"
              + "|don't (tell|mention|inform|ask)|without (asking|telling|confirm|approval|notifying|mention)"
              + "|on behalf of the user|the user (has|wants|asked|would|already|agreed)|important[:! ]|urgent[:! ]|attention[:! ]"
              + "|mandatory|compliance requires|security (policy|team) requires|pre-?approved|already (approved|authori[sz]ed)"
              + "|actual task|real task|first,? (you|send|transfer|call|forward|delete)"
              + "|as (part|a prerequisite)|in order to (continue|proceed|complete)|todo for|automated (system|process|workflow)"
              + "|assistent(en)?|ki|wichtig|dringend|anweisung(en)?|ignoriere?|sofort"
              + "|asistente|ia|importante|urgente|instrucci(o|ó)n(es)?|ignor[ae]|inmediatamente"
              + "|assistants? ia|instructions?|consigne|ignore[rz]?|immediatement"
              + "|istruzion[ei]|assistente|instru(c|ç)(o|õ)es|instructies|negeer|belangrijk)\\b"
              + "|<\\s*/?\\s*(information|system|instructions?|admin|important|tool|user)\\b|\\[/?(inst|system|admin)\\]|###\\s*(system|instruction)"
              + "|ассистент|помощник|инструкц|игнорир|важно|срочно|忽略|指令|助手|重要|系统|アシスタント|指示|無視|어시스턴트|지시|무시|تجاهل|مساعد|تعليمات");

  private Cues() {}

  /** Speaks to a machine, or over somebody's head. */
  static boolean strong(String sentence) {
    return STRONG.matcher(sentence).find() || STRONG.matcher(Words.unmasked(Words.plain(sentence))).find();
  }

  /** Asks for any effect at all, of whomever. */
  static boolean directive(String sentence) {
    if (strong(sentence)) {
      return true;
    }
    return Clauses.of(List.of(sentence)).all().stream().anyMatch(it -> !it.effects().isEmpty());
  }
}
