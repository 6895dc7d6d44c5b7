package io.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links between the documents lead somewhere. */
final class LinksTest {
  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : Sources.files(Compiled.repository(), "md")) {
      broken.addAll(broken(page));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void aBrokenLinkIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("there.md"), "# Over there, really\n");
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # Here
        [good](there.md), [good](there.md#over-there-really), [good](#here), [out](https://example.org)
        [gone](nowhere.md), [gone](there.md#not-there), [gone](#nor-here), `[code](ignored.md)`
        ```
        [code](ignored.md)
        ```
        """);
    assertThat(broken(page))
        .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
        .containsExactly("nowhere.md", "there.md#not-there", "#nor-here");
  }

  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : Markdown.links(Files.readString(page))) {
      String file = link.replaceFirst("#.*$", "");
      Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
      if (!Files.exists(target) || !hasAnchor(target, link)) {
        broken.add(page + ": " + link);
      }
    }
    return broken;
  }

  private static boolean hasAnchor(Path target, String link) throws IOException {
    int hash = link.indexOf('#');
    return hash < 0
        || !target.toString().endsWith(".md")
        || Markdown.anchors(Files.readString(target)).contains(link.substring(hash + 1));
  }
}
