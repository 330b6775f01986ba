import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Says what a test run came to: which tests were skipped and why, and whether a buffer leaked. */
public final class TestSummary {
  public static void main(String[] args) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    int passed = 0;
    int failed = 0;
    List<String> skipped = new ArrayList<>();
    for (Path report : reports("TEST-", ".xml")) {
      NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        NodeList skip = test.getElementsByTagName("skipped");
        if (test.getElementsByTagName("failure").getLength() > 0
            || test.getElementsByTagName("error").getLength() > 0) {
          failed++;
        } else if (skip.getLength() > 0) {
          String why = reason((Element) skip.item(0));
          String type = test.getAttribute("classname");
          skipped.add(
              type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name") + ": " + why);
        } else {
          passed++;
        }
      }
    }
    skipped.forEach(test -> System.out.println("skipped: " + test));
    for (Path output : reports("", "-output.txt")) {
      try (Stream<String> lines = Files.lines(output)) {
        if (lines.anyMatch(line -> line.contains("LEAK:"))) {
          System.out.println("A buffer leaked: see " + output);
          failed++;
        }
      }
    }
    System.out.println(passed + " passed, " + failed + " failed, " + skipped.size() + " skipped");
    System.exit(failed > 0 || passed == 0 ? 1 : 0);
  }

  /** Why a test was skipped: JUnit's assumptions say it in the text, annotations in the attribute. */
  private static String reason(Element skipped) {
    String told = skipped.getAttribute("message") + skipped.getTextContent().strip();
    String first = told.lines().findFirst().orElse("no reason given");
    return first
        .replaceFirst("^org\\.opentest4j\\.TestAbortedException: ", "")
        .replaceFirst("^Assumption failed: ", "");
  }

  private static List<Path> reports(String prefix, String suffix) throws Exception {
    List<Path> found = new ArrayList<>();
    for (String module : List.of("ingest", "models", "analytics", "streaming", "console")) {
      Path folder = Path.of(module, "target", "surefire-reports");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.getFileName().toString().endsWith(suffix))
              .sorted()
              .forEach(found::add);
        }
      }
    }
    return found;
  }
}
