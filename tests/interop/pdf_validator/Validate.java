import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validate FLAVOUR FILE...: prints for each file how many checks there were and what failed. */
class Validate {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(words[0]);
        for (int at = 1; at < words.length; at++) {
            try (PDFAParser parser =
                    Foundries.defaultInstance()
                            .createParser(new FileInputStream(words[at]), flavour)) {
                print(Foundries.defaultInstance().createValidator(flavour, false).validate(parser));
            }
        }
    }

    private static void print(ValidationResult result) {
        TreeSet<String> failed = new TreeSet<>();
        for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() == TestAssertion.Status.FAILED) {
                failed.add(one.getRuleId().getClause() + " " + one.getMessage());
            }
        }
        System.out.println(
                result.isCompliant() + "\t" + result.getTotalAssertions() + "\t" + failed);
    }
}
