package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use what; {@link PackageUse} and {@link Library} hold the tables. */
class ArchitectureTest {
    private static final String ROOT = "dev.lockstep";

    private static final String CLIENT_CLOCK = "dev.lockstep.client.Time";

    /** The only ones that read the system's clock; all others are given a clock. */
    private static final Set<String> CLOCK_OWNERS = Set.of(
            // The two faces, which put the parts together.
            "dev.lockstep.cli",
            "dev.lockstep.junit",
            // The client's clock itself, for which tests have another.
            CLIENT_CLOCK);

    /** The only ones that read environment variables and system properties; all others are given what they need. */
    private static final Set<String> ENVIRONMENT_OWNERS = Set.of(
            // The two faces, which put the parts together.
            "dev.lockstep.cli",
            "dev.lockstep.junit",
            // What the machine is: the properties are its subject.
            "dev.lockstep.lock.Hardware");

    private static final Set<String> MACHINE_DEFAULTS = Set.of(
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.lang.String.formatted([Ljava.lang.Object;)",
            "java.lang.System.lineSeparator()",
            "java.nio.charset.Charset.defaultCharset()",
            "java.time.ZoneId.systemDefault()",
            "java.util.Locale.getDefault()",
            "java.util.TimeZone.getDefault()");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void every_package_is_in_the_table() {
        assertThat(packages().map(ArchitectureTest::shortName))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(PackageUse.values()).map(PackageUse::toString).toList());
    }

    @ParameterizedTest
    @EnumSource
    void uses_only_the_packages_of_the_table(PackageUse row) {
        Set<String> used = CLASSES.getPackage(ROOT + "." + row).getPackageDependenciesFromThisPackageTree().stream()
                .map(JavaPackage::getName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(row.allowed()).as("what %s may use", row).containsAll(used);
        assertThat(used).as("what the table allows %s beyond the design", row).containsAll(row.added());
    }

    @ParameterizedTest
    @EnumSource
    void only_its_packages_use_the_library(Library library) {
        noClasses()
                .that(library.mayNotBeUsed())
                .should()
                .dependOnClassesThat(library.isMember())
                .because("one library belongs to one package")
                .check(CLASSES);
    }

    @Test
    void every_library_is_in_the_table() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to a library that is not in the table",
                        used -> !used.getPackageName().startsWith(ROOT)
                                && !used.isPrimitive()
                                && !Library.EVERYWHERE.test(used)
                                && Arrays.stream(Library.values())
                                        .noneMatch(library -> library.isMember().test(used))))
                .check(CLASSES);
    }

    @Test
    void statistics_know_neither_files_nor_time_nor_threads() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".stats..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, System.class)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("wrongStatistics")
    void nobody_uses_statistics_that_return_wrong_values(String forbidden) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.commons." + forbidden)
                .because("it returns wrong values; dev.lockstep.stats has the right ones")
                .check(CLASSES);
    }

    private static List<String> wrongStatistics() {
        return List.of(
                "math3.stat.inference.WilcoxonSignedRankTest",
                "math3.stat.inference.MannWhitneyUTest",
                "math3.stat.inference.KolmogorovSmirnovTest",
                "math3.stat.inference.BinomialTest",
                "math3.stat.interval.ClopperPearsonInterval",
                // NaN or an exception: for pairs that are identical, and for tables with an empty column.
                "math3.stat.inference.TTest",
                "math3.stat.inference.ChiSquareTest",
                "math3.stat.inference.GTest",
                // The doors to all of these.
                "math3.stat.inference.TestUtils",
                "math3.stat.interval.IntervalUtils",
                // NaN, and an exception, for pairs that are identical.
                "statistics.inference.TTest",
                "statistics.inference.WilcoxonSignedRankTest");
    }

    @Test
    void only_the_command_line_prints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void only_the_owners_of_a_clock_read_it() {
        noClasses()
                .that(DescribedPredicate.describe("own no clock", type -> !isOf(CLOCK_OWNERS, type)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("the system's clock", ArchitectureTest::readsClock))
                .because("the clock comes in through constructors")
                .check(CLASSES);
    }

    @Test
    void only_the_owners_of_the_environment_read_it() {
        noClasses()
                .that(DescribedPredicate.describe("own no environment", type -> !isOf(ENVIRONMENT_OWNERS, type)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("the environment", ArchitectureTest::readsEnvironment))
                .because("environment and properties come in through constructors")
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_follows_the_machines_defaults() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("a default of the machine", ArchitectureTest::followsTheMachine))
                .because("the same inputs give the same bytes everywhere: Locale.ROOT, UTF-8, UTC, \\n")
                .check(CLASSES);
    }

    @Test
    void only_the_clock_of_the_client_sleeps() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "are not the client's clock", type -> !type.getName().startsWith(CLIENT_CLOCK)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("a sleep", ArchitectureTest::sleeps))
                .because("tests have a clock that does not wait")
                .check(CLASSES);
    }

    @Test
    void every_package_says_what_it_holds_and_is_null_marked() {
        assertThat(packages())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName() + " is @NullMarked in its package-info.java")
                        .isTrue());
    }

    private static Stream<JavaPackage> packages() {
        return CLASSES.getPackage(ROOT).getSubpackagesInTree().stream();
    }

    private static String shortName(JavaPackage each) {
        return each.getName().substring(ROOT.length() + 1);
    }

    private static boolean isOf(Set<String> owners, JavaClass type) {
        String name = type.getFullName();
        return owners.stream().anyMatch(owner -> name.equals(owner) || name.matches(owner + "[.$].*"));
    }

    private static boolean sleeps(JavaAccess<?> access) {
        JavaClass owner = access.getTarget().getOwner();
        return access.getTarget().getName().equals("sleep")
                && (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
    }

    private static boolean readsEnvironment(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return target.getOwner().isEquivalentTo(System.class)
                && Set.of("getenv", "getProperty", "getProperties").contains(target.getName());
    }

    private static boolean followsTheMachine(JavaAccess<?> access) {
        return MACHINE_DEFAULTS.contains(access.getTarget().getFullName());
    }

    private static boolean readsClock(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        return switch (target.getName()) {
            case "now" ->
                owner.getPackageName().equals("java.time")
                        && !target.getFullName().endsWith("(java.time.Clock)");
            case "system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes" ->
                owner.isAssignableTo(Clock.class) || owner.getName().equals("java.time.InstantSource");
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "<init>" ->
                owner.isEquivalentTo(Date.class) && target.getFullName().endsWith("()");
            default -> false;
        };
    }
}
