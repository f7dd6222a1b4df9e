package dev.lockstep;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** The libraries, and who may use each: one library belongs to one package. */
enum Library {
    JUNIT("junit|cli", "org.junit..|org.opentest4j.."),
    LANGCHAIN4J("client|score", "dev.langchain4j.."),
    ALLURE("report.AllureWriter", "io.qameta.."),
    COMMONS("stats", "org.apache.commons.."),
    PICOCLI("cli", "picocli.."),
    ZSTD("baseline", "com.github.luben.."),
    DIFF("lock", "com.github.difflib.."),
    CYCLONEDX("interchange", "org.cyclonedx.."),
    XML("lock.NvidiaSmi", "javax.xml.."),
    JSON_SCHEMA("score", "com.networknt.."),
    YAML("document", "com.fasterxml.jackson.dataformat..|org.yaml.."),
    ASSERTJ("assertj", "org.assertj..");

    /** What every package may use: the JDK, JSON trees and annotations. */
    static final DescribedPredicate<JavaClass> EVERYWHERE = resideInAnyPackage(
            "java..",
            "javax.net.ssl..",
            "com.fasterxml.jackson.annotation..",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..",
            "org.jspecify.annotations..");

    private final String users;
    private final String packages;

    Library(String users, String packages) {
        this.users = users;
        this.packages = packages;
    }

    DescribedPredicate<JavaClass> isMember() {
        return resideInAnyPackage(packages.split("[|]", -1)).as("belong to " + name());
    }

    DescribedPredicate<JavaClass> mayNotBeUsed() {
        return DescribedPredicate.describe(
                "are outside of " + users,
                user -> !user.getName().matches("dev\\.lockstep\\.(" + users + ")([.$].*)?"));
    }
}
