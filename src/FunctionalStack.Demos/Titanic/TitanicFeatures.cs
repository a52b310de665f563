namespace FunctionalStack.Demos;

/// <summary>
/// Features of a passenger derived from that row alone: <c>title</c>, <c>deck</c>, <c>familySize</c>, <c>role</c> (woman, boy
/// or man, with the class), log(1 + <c>fare</c>), and the keys <c>kin</c> and <c>party</c>, which identify the family and the
/// ticket of women and boys. The keys are missing for men, whose survival did not depend on their family's.
/// If the file lacks a column, the features derived from it are left out.
/// </summary>
public sealed record PassengerFeatures : ILeafTransform, IMap
{
    /// <summary>The age in years below which a male without a title is a boy. "Master" was the title of boys up to about 13.</summary>
    private const double ChildBelow = 14;

    /// <inheritdoc/>
    public string Name => "passenger";

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(Make(rows));

    private static Frame Make(Frame rows)
    {
        var (sex, names, ports) = (Words(rows, "sex"), Words(rows, "name"), Words(rows, "embarked"));
        var (pclass, age) = (Numbers(rows, "pclass"), Numbers(rows, "age"));
        var kin = Numbers(rows, "sibsp").Zip(Numbers(rows, "parch"), (siblings, parents) => siblings + parents).ToArray();
        var titles = names.Select(name => name is null ? null : TitleOf(name)).ToArray();
        var roles = sex.Select((word, row) => RoleOf(word, titles[row], age[row])).ToArray();
        var frame = Frame.Of(
            ("pclass", rows["pclass"]),
            ("female", Numeric(sex.Select(word => word is null ? double.NaN : word == "female" ? 1 : 0))),
            ("age", rows["age"]),
            ("sibsp", rows["sibsp"]),
            ("parch", rows["parch"]),
            ("familySize", Numeric(kin.Select(others => others + 1))),
            ("role", Categories(roles.Select((role, row) => role is null ? null : $"{role} {pclass[row]}"))));
        if (rows.Find("fare") is not null) frame = frame.With("fare", Numeric(Numbers(rows, "fare").Select(fare => Math.Log(1 + fare))));
        if (rows.Find("embarked") is not null) frame = frame.With("embarked", Categories(ports));
        if (rows.Find("cabin") is not null) frame = frame.With("deck", Categories(Words(rows, "cabin").Select(DeckOf)));
        if (rows.Find("name") is not null)
        {
            frame = frame.With("title", Categories(titles))
                .With("kin",
                    Categories(names.Select((name, row) =>
                    name is not null && kin[row] > 0 && IsSaved(roles[row]) ? $"{SurnameOf(name)}/{pclass[row]}/{ports[row]}" : null)));
        }

        return rows.Find("ticket") is null
            ? frame
            : frame.With("ticket", rows["ticket"])
            .With("party", Categories(Words(rows, "ticket").Select((ticket, row) => IsSaved(roles[row]) ? ticket : null)));
    }

    /// <summary>The title in a name: <c>Mr</c> for "Braund, Mr. Owen Harris". French forms are mapped to the four common titles; all other
    /// titles are <c>Rare</c>.</summary>
    public static string TitleOf(string name)
    {
        var from = name.IndexOf(',') + 1;
        var to = name.IndexOf('.', from);
        return (to < 0 ? "" : name[from..to].Trim()) switch
        {
            "Mr" => "Mr",
            "Mrs" or "Mme" => "Mrs",
            "Miss" or "Mlle" or "Ms" => "Miss",
            "Master" => "Master",
            _ => "Rare",
        };
    }

    /// <summary>The surname in a name: <c>Braund</c> for "Braund, Mr. Owen Harris".</summary>
    public static string SurnameOf(string name) => name.Split(',')[0].Trim();

    /// <summary>The deck of a cabin: <c>C</c> for "C85"; null if the cabin is unknown.</summary>
    public static string? DeckOf(string? cabin) => string.IsNullOrWhiteSpace(cabin) ? null : cabin.Trim()[..1];

    // "Women and children first": survival correlates within families for women and boys only.
    private static bool IsSaved(string? role) => role is "woman" or "boy";

    private static string? RoleOf(string? sex, string? title, double age) =>
        sex is null ? null : sex == "female" ? "woman" : title == "Master" || (title is null && age < ChildBelow) ? "boy" : "man";

    // An absent column reads as a column of missing values.
    private static string?[] Words(Frame rows, string name) => rows.Find(name) is Column.Categorical column
        ? [.. Enumerable.Range(0, column.Count).Select(column.LevelOf)]
        : new string?[rows.RowCount];

    private static double[] Numbers(Frame rows, string name) => ((Column.Numeric)rows[name]).ToArray();

    private static Column.Numeric Numeric(IEnumerable<double> numbers) => new(EquatableArray.From(numbers));

    private static Column.Categorical Categories(IEnumerable<string?> words) => Column.Categorical.Of([.. words]);
}

/// <summary>Imputes a missing age with the median age of the same title in the training rows, or with the overall median if no such row has
/// an age.</summary>
public sealed record AgeByTitle : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "ageByTitle";

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var (ages, titles) = ((Column.Numeric)data.Frame["age"], (Column.Categorical)data.Frame["title"]);
        var known = Enumerable.Range(0, data.RowCount).Where(row => !ages.IsMissing(row)).ToArray();
        if (known.Length == 0) return Outcome.Fail<Fitted>(Name, "no training row has an age", "Give rows with ages.");
        var map = new AgeByTitleMap(
            EquatableArray.From(known.Where(row => !titles.IsMissing(row)).GroupBy(row => titles.LevelOf(row)!, row => ages[row])
                .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new AgeByTitleMap.Entry(group.Key, Median(group)))),
            Median(known.Select(row => ages[row])));
        return map.Apply(data.Frame).Map(view => new Fitted(view, map));
    }

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>The fitted map: imputes missing ages by title.</summary>
/// <param name="Titles">The titles with a known age.</param>
/// <param name="Otherwise">The overall median age, in years.</param>
public sealed record AgeByTitleMap(EquatableArray<AgeByTitleMap.Entry> Titles, double Otherwise) : IMap
{
    /// <param name="Title">The title.</param>
    /// <param name="Age">Its median age, in years.</param>
    public sealed record Entry(string Title, double Age);

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows)
    {
        var titles = (Column.Categorical)rows["title"];
        var ages = ((Column.Numeric)rows["age"]).ToArray();
        for (var row = 0; row < ages.Length; row++)
        {
            if (double.IsNaN(ages[row])) ages[row] = Titles.FirstOrDefault(entry => entry.Title == titles.LevelOf(row))?.Age ?? Otherwise;
        }

        return Outcome.Ok(rows.With("age", new Column.Numeric(EquatableArray.Own(ages))));
    }
}

/// <summary>
/// Replaces <c>ticket</c> by <c>ticketMates</c>, the number of other training passengers with the same ticket, and
/// <c>farePerHead</c>, log(1 + fare / passengers on the ticket). A training row is subtracted from its own count; a new row
/// was never part of the count.
/// </summary>
public sealed record TicketMates : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "ticketMates";

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var tickets = (Column.Categorical)data.Frame["ticket"];
        var count = new int[tickets.Levels.Count];
        foreach (var code in tickets.ToArray())
        {
            if (code >= 0) count[code]++;
        }

        var present = Enumerable.Range(0, count.Length).Where(code => count[code] > 0);
        var map =
            new TicketMatesMap(EquatableArray.From(present.Select(code => new TicketMatesMap.Entry(tickets.Levels[code], count[code]))));
        return Outcome.Ok(new Fitted(map.Mates(data.Frame, itself: 1), map));
    }
}

/// <summary>The fitted map: the number of training passengers per ticket.</summary>
/// <param name="Tickets">Each ticket with its number of passengers.</param>
public sealed record TicketMatesMap(EquatableArray<TicketMatesMap.Entry> Tickets) : IMap
{
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Passengers">The number of training passengers with it.</param>
    public sealed record Entry(string Ticket, int Passengers);

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(Mates(rows, itself: 0));

    internal Frame Mates(Frame rows, int itself)
    {
        var passengers = Tickets.ToDictionary(entry => entry.Ticket, entry => entry.Passengers);
        var tickets = (Column.Categorical)rows["ticket"];
        var mates = Enumerable.Range(0, rows.RowCount)
            .Select(row => (double)(tickets.LevelOf(row) is { } ticket && passengers.TryGetValue(ticket, out var all) ? all - itself : 0))
            .ToArray();
        var replaced = rows.Without("ticket").With("ticketMates", new Column.Numeric(EquatableArray.Own(mates)));
        if (rows.Find("fare") is not Column.Numeric fare) return replaced;
        var share = mates.Select((others, row) => Math.Log(1 + (Math.Exp(fare[row]) - 1) / (others + 1)));
        return replaced.With("farePerHead", new Column.Numeric(EquatableArray.From(share)));
    }
}
