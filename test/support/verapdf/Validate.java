import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Reads from standard input lines of a flavour (2a, 2b, ua1), a blank and a file name, and judges each, on all processors.
 * Prints one JSON line for each, in the order of the lines:
 * {file, flavour, compliant, checks, failed: [{rule, count, message, place}]}; {file, flavour, error} where a file cannot be read.
 */
public final class Validate {
  private static final int FAILURES_SHOWN_MAX = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] none) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<String> asked = in.lines().collect(Collectors.toList());
    List<ObjectNode> lines =
        asked.parallelStream()
            .map(line -> judged(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))))
            .collect(Collectors.toList());
    for (ObjectNode line : lines) {
      System.out.println(JSON.writeValueAsString(line));
    }
  }

  private static ObjectNode judged(String file, String name) {
    ObjectNode line = JSON.createObjectNode().put("file", file).put("flavour", name);
    PDFAFlavour flavour = PDFAFlavour.fromString(name);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(flavour, FAILURES_SHOWN_MAX, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      line.put("compliant", result.isCompliant()).put("checks", result.getTotalAssertions());
      ArrayNode failed = line.putArray("failed");
      failuresOf(result).values().forEach(failed::add);
      return line;
    } catch (Exception fault) {
      return line.put("error", String.valueOf(fault));
    }
  }

  private static Map<String, ObjectNode> failuresOf(ValidationResult result) {
    Map<String, ObjectNode> failures = new LinkedHashMap<>();
    for (TestAssertion one : result.getTestAssertions()) {
      if (one.getStatus() != TestAssertion.Status.FAILED) {
        continue;
      }
      String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
      if (!failures.containsKey(rule)) {
        Integer count = result.getFailedChecks().get(one.getRuleId());
        failures.put(
            rule,
            JSON.createObjectNode()
                .put("rule", rule)
                .put("count", count == null ? 1 : count)
                .put("message", String.valueOf(one.getMessage()))
                .put("place", one.getLocation() == null ? "" : one.getLocation().getContext()));
      }
    }
    return failures;
  }
}
