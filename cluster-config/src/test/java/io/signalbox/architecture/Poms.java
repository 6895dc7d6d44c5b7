package io.signalbox.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What the modules' POMs depend on. */
final class Poms {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> managed = new HashMap<>();
  private final Element root;
  private final Path folder;

  private Poms(Path folder) throws IOException {
    this.folder = folder;
    this.root = read(folder.resolve("pom.xml"));
    for (Element property : children(child(root, "properties"))) {
      properties.put(property.getTagName(), property.getTextContent());
    }
    Element management = child(child(root, "dependencyManagement"), "dependencies");
    for (Element dependency : children(management)) {
      managed.put(name(dependency), resolved(text(dependency, "version")));
    }
  }

  /** Each artifact of others that a module names itself, with its version. */
  static Map<String, String> dependencies(Path repository) throws IOException {
    return new Poms(repository).dependencies();
  }

  private Map<String, String> dependencies() throws IOException {
    Map<String, String> found = new TreeMap<>();
    collect(root, found);
    for (Element module : children(child(root, "modules"))) {
      collect(read(folder.resolve(module.getTextContent()).resolve("pom.xml")), found);
    }
    return found;
  }

  private void collect(Element pom, Map<String, String> found) {
    for (Element dependency : children(child(pom, "dependencies"))) {
      String name = name(dependency);
      if (!name.startsWith("io.signalbox:")) {
        found.put(name, version(name));
      }
    }
  }

  /** What is not managed by name comes from the one imported list. */
  private String version(String name) {
    String bom = "com.fasterxml.jackson:jackson-bom";
    return managed.getOrDefault(
        name, name.startsWith("com.fasterxml.jackson.") ? managed.getOrDefault(bom, "?") : "?");
  }

  private String name(Element dependency) {
    return text(dependency, "groupId") + ":" + resolved(text(dependency, "artifactId"));
  }

  private String resolved(String text) {
    Matcher property = PROPERTY.matcher(text);
    return property.replaceAll(
        found -> Matcher.quoteReplacement(properties.getOrDefault(found.group(1), "?")));
  }

  private static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(element -> element.getTagName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(parent.getTagName() + " has no " + name));
  }

  private static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  private static Element read(Path pom) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(pom.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(pom + " cannot be read", e);
    }
  }
}
