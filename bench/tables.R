# Public tables of R packages as CSV files, for default_stack.py:  Rscript bench/tables.R FOLDER
# Packages: mlbench, kernlab, modeldata (Debian: r-cran-mlbench r-cran-kernlab r-cran-modeldata).
folder <- commandArgs(TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
write <- function(name, package) {
  data(list = name, package = package, envir = environment())
  write.csv(as.data.frame(get(name)), file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "")
}
for (name in c("BostonHousing", "Glass", "HouseVotes84", "Ionosphere", "LetterRecognition", "PimaIndiansDiabetes", "Sonar", "Vehicle"))
  write(name, "mlbench")
write("spam", "kernlab")
for (name in c("ames", "attrition", "cells", "concrete", "credit_data", "mlc_churn", "wa_churn", "Sacramento", "car_prices"))
  write(name, "modeldata")
