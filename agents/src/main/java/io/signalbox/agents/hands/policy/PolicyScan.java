package io.signalbox.agents.hands.policy;

import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The tool {@code policy.scan}: the same diff always gives the same findings, worst first. */
public final class PolicyScan implements Hand {
  private static final int MOST = 200;
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .reversed()
          .thenComparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::rule);

  @Override
  public Outcome send(Perform order) {
    var given = new Arguments(order.arguments());
    var files = UnifiedDiff.parse(given.text("diff"));
    boolean licences = given.flag("licenceHeaders", true);
    var findings =
        files.stream()
            .flatMap(file -> Scanner.scan(file, licences).stream())
            .sorted(WORST_FIRST)
            .toList();
    return Done.with(shape(files, findings));
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode shape(
      List<ChangedFile> files, List<Finding> findings) {
    var shape = Json.object();
    shape.put("risk", findings.isEmpty() ? "none" : findings.getFirst().severity().text());
    var list = shape.putArray("findings");
    for (var finding : findings.subList(0, Math.min(MOST, findings.size()))) {
      list.addObject()
          .put("rule", finding.rule())
          .put("severity", finding.severity().text())
          .put("file", finding.file())
          .put("line", finding.line())
          .put("message", finding.message())
          .put("excerpt", finding.excerpt());
    }
    shape.put("truncated", findings.size() > MOST);
    shape.put("files", files.size());
    shape.put("addedLines", lines(files.stream()));
    return shape;
  }

  private static long lines(Stream<ChangedFile> files) {
    return files.mapToLong(file -> file.added().size()).sum();
  }
}
