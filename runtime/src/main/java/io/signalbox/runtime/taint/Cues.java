package io.signalbox.runtime.taint;

import java.util.List;
import java.util.regex.Pattern;

/** Whether a sentence in what was read tries to give orders. Only ever used to hold more back. */
final class Cues {
  /** Nobody says so but to turn a machine round. */
  private static final Pattern HARD =
      Pattern.compile(
          "(?i)\\b(ignore (all|any|the|your|previous|prior|what|every)|disregard (all|any|the|your|previous|prior)"
              + "|system ?(prompt|override|message)|(previous|prior|above|hidden|original) (instructions?|tasks?|directives?)"
              + "|before you (go on|continue|proceed|answer|reply|summari|do|start|can)"
              + "|do(n't| not) (tell|mention|inform|notify|alert|reveal)( this| it| that)?( to)? (the |your )?(user|owner|him|her|anyone|anybody|me)"
              + "|without (asking|telling|informing|notifying|confirmation|approval)"
              + "|the user (has|wants|asked|would|already|agreed|will)|(real|actual|original|new) task|new instructions?"
              + "|ignoriere (alle|die|vorherige)|ignora (todas|las|le)|ignore[rz]? (toutes|les)|ignore todas"
              + "|decode (and|this|the following)|base64)\\b"
              + "|<\\s*/?\\s*(information|system|instructions?|admin|important)\\b|\\[/?(inst|system|admin)\\]|###\\s*(system|instruction)"
              + "|忽略|無視|무시|تجاهل|игнорир");

  /** Words that make an order one to a machine. */
  private static final Pattern SOFT =
      Pattern.compile(
          "(?i)\\b(assistants?|a\\.?i\\.?|agents?|llms?|chat ?bots?|language models?|gpt|claude|copilot|gemini|bots?"
              + "|instructions?|you (must|should|have to|need to|are required|are now)|important|urgent(ly)?|attention|mandatory"
              + "|compliance requires|security (policy|team)|pre-?approved|already (approved|authori[sz]ed)|immediately|asap|at once"
              + "|in order to (continue|proceed|complete)|automated (system|process|workflow)|by the way|first|when you (answer|reply|respond|read|see|process)"
              + "|whoever reads|anyone reading|if you (read|see|process|are)|from now on|instead|has changed|override|todo for"
              + "|assistent(en)?|ki|wichtig|dringend|anweisung(en)?|sofort|asistente|ia|importante|urgente|instrucci(o|ó)n(es)?"
              + "|inmediatamente|consignes?|immediatement|imm(é|e)diatement|istruzion[ei]|assistente|instru(c|ç)(o|õ)es|instructies|belangrijk)\\b"
              + "|ассистент|помощник|инструкц|важно|срочно|指令|助手|重要|系统|アシスタント|指示|어시스턴트|지시|مساعد|تعليمات");

  private Cues() {}

  /** Speaks to a machine, or over somebody's head. */
  static boolean strong(String sentence) {
    return speaks(sentence) || speaks(Words.unmasked(Words.plain(sentence)));
  }

  private static boolean speaks(String sentence) {
    return HARD.matcher(sentence).find() || (SOFT.matcher(sentence).find() && orders(sentence));
  }

  /** Asks for any effect at all, of whomever. */
  static boolean directive(String sentence) {
    return strong(sentence) || orders(sentence);
  }

  private static boolean orders(String sentence) {
    return Clauses.of(List.of(sentence)).all().stream().anyMatch(it -> !it.effects().isEmpty());
  }
}
