namespace FunctionalStack.Cli.Demos;

/// <summary>
/// What one passenger's own row says, read out of name, cabin, ticket and kin: <c>title</c>, <c>deck</c>, <c>familySize</c>,
/// <c>role</c> (woman, boy or man, by class), <c>fare</c> on a logarithmic scale, and the keys <c>kin</c> and <c>party</c> of
/// the family and the ticket that women and boys travelled under (missing for men, whose fate was not their family's).
/// Columns that the file lacks give nothing.
/// </summary>
public sealed record PassengerFeatures : ILeafTransform, IMap
{
    /// <summary>The age in years below which a boy without a title is a child; "Master" was said of boys up to about 13.</summary>
    private const double ChildBelow = 14;

    public string Name => "passenger";

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

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
                .With("kin", Categories(names.Select((name, row) => name is not null && kin[row] > 0 && IsSaved(roles[row]) ? $"{SurnameOf(name)}/{pclass[row]}/{ports[row]}" : null)));
        }

        return rows.Find("ticket") is null
            ? frame
            : frame.With("ticket", rows["ticket"]).With("party", Categories(Words(rows, "ticket").Select((ticket, row) => IsSaved(roles[row]) ? ticket : null)));
    }

    /// <summary>"Braund, Mr. Owen Harris": <c>Mr</c>. The four common titles, French and older forms among them; all others are <c>Rare</c>.</summary>
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

    /// <summary>"Braund, Mr. Owen Harris": <c>Braund</c>.</summary>
    public static string SurnameOf(string name) => name.Split(',')[0].Trim();

    /// <summary>"C85": <c>C</c>; null where no cabin is known.</summary>
    public static string? DeckOf(string? cabin) => string.IsNullOrWhiteSpace(cabin) ? null : cabin.Trim()[..1];

    // "Women and children first": those whose fate hung together with their family's.
    private static bool IsSaved(string? role) => role is "woman" or "boy";

    private static string? RoleOf(string? sex, string? title, double age) =>
        sex is null ? null : sex == "female" ? "woman" : title == "Master" || (title is null && age < ChildBelow) ? "boy" : "man";

    // A column that the file lacks is one where nobody has a word.
    private static string?[] Words(Frame rows, string name) => rows.Find(name) is Column.Categorical column
        ? [.. Enumerable.Range(0, column.Count).Select(column.LevelOf)]
        : new string?[rows.RowCount];

    private static double[] Numbers(Frame rows, string name) => ((Column.Numeric)rows[name]).ToArray();

    private static Column.Numeric Numeric(IEnumerable<double> numbers) => new(EquatableArray.From(numbers));

    private static Column.Categorical Categories(IEnumerable<string?> words) => Column.Categorical.Of([.. words]);
}

/// <summary>A missing age becomes the median age of the title in the training rows, or of all where nobody of that title has one.</summary>
public sealed record AgeByTitle : ILeafTransform
{
    public string Name => "ageByTitle";

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

/// <summary>Fills missing ages by title.</summary>
public sealed record AgeByTitleMap(EquatableArray<AgeByTitleMap.Entry> Titles, double Otherwise) : IMap
{
    /// <param name="Title">The title.</param>
    /// <param name="Age">Its median age, in years.</param>
    public sealed record Entry(string Title, double Age);

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
/// How many other training passengers share the ticket, and the fare divided among them: <c>ticketMates</c> and
/// <c>farePerHead</c> (logarithmic), in place of <c>ticket</c>. A training row doesn't count itself, a later row isn't
/// counted: the two views differ by that one.
/// </summary>
public sealed record TicketMates : ILeafTransform
{
    public string Name => "ticketMates";

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var tickets = (Column.Categorical)data.Frame["ticket"];
        var count = new int[tickets.Levels.Count];
        foreach (var code in tickets.ToArray())
        {
            if (code >= 0) count[code]++;
        }

        var present = Enumerable.Range(0, count.Length).Where(code => count[code] > 0);
        var map = new TicketMatesMap(EquatableArray.From(present.Select(code => new TicketMatesMap.Entry(tickets.Levels[code], count[code]))));
        return Outcome.Ok(new Fitted(map.Mates(data.Frame, itself: 1), map));
    }
}

/// <summary>Counts passengers by ticket.</summary>
public sealed record TicketMatesMap(EquatableArray<TicketMatesMap.Entry> Tickets) : IMap
{
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Passengers">How many training passengers have it.</param>
    public sealed record Entry(string Ticket, int Passengers);

    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(Mates(rows, itself: 0));

    internal Frame Mates(Frame rows, int itself)
    {
        var passengers = Tickets.ToDictionary(entry => entry.Ticket, entry => entry.Passengers);
        var tickets = (Column.Categorical)rows["ticket"];
        var mates = Enumerable.Range(0, rows.RowCount)
            .Select(row => (double)(tickets.LevelOf(row) is { } ticket && passengers.TryGetValue(ticket, out var all) ? all - itself : 0)).ToArray();
        var made = rows.Without("ticket").With("ticketMates", new Column.Numeric(EquatableArray.Own(mates)));
        if (rows.Find("fare") is not Column.Numeric fare) return made;
        var share = mates.Select((others, row) => Math.Log(1 + (Math.Exp(fare[row]) - 1) / (others + 1)));
        return made.With("farePerHead", new Column.Numeric(EquatableArray.From(share)));
    }
}
