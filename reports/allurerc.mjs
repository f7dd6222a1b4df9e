// Allure Report 3 over the results that Lockstep writes; see README.md in this folder.
import { defineConfig } from "allure";

export default defineConfig({
  name: "Lockstep",
  output: "./reports/allure-report",
  historyPath: "./reports/history.jsonl",
  appendHistory: true,
  plugins: {
    awesome: {
      options: {
        reportName: "Lockstep",
        reportLanguage: "en",
        singleFile: true,
        groupBy: ["parentSuite", "suite"],
      },
    },
  },
});
