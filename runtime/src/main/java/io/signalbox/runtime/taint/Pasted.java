package io.signalbox.runtime.taint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task's own words, and what was pasted into it: somebody else's words, though he passed them on.
 */
record Pasted(String own, List<String> quoted) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "```.*?(```|\\z)|\"\"\".*?(\"\"\"|\\z)|'''.*?('''|\\z)"
              + "|<([a-zA-Z][\\w-]*)[^>]*>.*?(</\\4>|\\z)|^[>|] ?.*?$"
              + "|-{3,} ?(original|forwarded|begin|start|urspr)[^\\n]*.*\\z"
              + "|(?<=:)\\s*\\n\\s*\\n.*\\z",
          Pattern.DOTALL | Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

  Pasted {
    quoted = List.copyOf(quoted);
  }

  static Pasted of(String task) {
    List<String> quoted = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(task);
    StringBuilder own = new StringBuilder();
    while (blocks.find()) {
      quoted.add(blocks.group());
      blocks.appendReplacement(own, " ");
    }
    blocks.appendTail(own);
    return new Pasted(own.toString(), quoted);
  }
}
