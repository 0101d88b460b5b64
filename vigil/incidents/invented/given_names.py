"""Ordinary given names by origin, and what people are called instead.

Lists for invented people only: identity has its own table of nicknames, and neither reads
the other's.
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BRITISH_MEN = _words(
    """
    James David John Michael Paul Andrew Mark Christopher Stephen Robert Richard Ian Matthew
    Daniel Anthony Thomas Peter Jonathan Simon Kevin Lee Gary Martin Darren Stuart Philip
    Craig Adam Benjamin Samuel Joseph Alexander Edward William Luke Ryan Jack Joshua Callum
    Liam Connor Jordan Nathan Aaron Kieran Ashley Dean Wayne Scott Carl Neil Nigel Graham
    Keith Colin Trevor Alan Barry Raymond Terence Kenneth Ronald Leslie Derek Roy Gordon
    Malcolm Geoffrey Brian Dennis Frank Harry George Oliver Charlie Jake Lewis Bradley
    Curtis Reece Tyler Kyle Jamie Shaun Shane Damien Dominic Gareth Russell Marcus Leon
    Jason Justin Glenn Roger Clive Howard Vincent Patrick Gerard Douglas Nicholas Timothy
    Gregory Jeremy Adrian Julian Duncan Hugh Bernard Maurice Clifford Norman Stanley Ernest
    Albert Alfred Arthur Max Toby Owen Rhys Ellis Mason Logan Kai Zachary Corey Dale Brett
    """
)
BRITISH_WOMEN = _words(
    """
    Sarah Claire Emma Nicola Joanne Karen Susan Helen Lisa Michelle Rebecca Laura Louise
    Samantha Rachel Jennifer Victoria Katherine Amanda Tracey Julie Deborah Jacqueline
    Angela Elizabeth Margaret Christine Patricia Linda Sandra Carol Jane Anne Alison Gillian
    Lesley Janet Hannah Charlotte Jessica Amy Gemma Natalie Lauren Danielle Stacey Kelly
    Leanne Hayley Kirsty Donna Sharon Dawn Paula Heather Lucy Sophie Chloe Megan Bethany
    Georgia Abigail Eleanor Holly Jade Zoe Naomi Melissa Stephanie Kimberley Vanessa Maria
    Teresa Catherine Frances Rosemary Pauline Jean Joan Maureen Sheila Brenda Marion Barbara
    Valerie Yvonne Wendy Hazel Ruth Judith Diane Beverley Lorraine Maxine Tina Tanya Natasha
    Olivia Ella Grace Molly Freya Imogen Poppy Isabel Alice Rosie Tara Carly Kerry Lindsay
    Cheryl Denise Marie Bernadette Shannon Courtney Paige Ellie Amber Summer
    """
)
CELTIC_MEN = _words(
    """
    Sean Declan Niall Cormac Brendan Eamonn Conor Rory Finlay Hamish Angus Alasdair Fergus
    Gethin Dafydd Ieuan Emyr Huw Gwilym Iwan Aled Kieron Dermot Padraig Cathal Ruairi Euan
    """
)
CELTIC_WOMEN = _words(
    """
    Siobhan Aoife Niamh Sinead Roisin Caitlin Mairead Grainne Orla Eilidh Morag Isla
    Catriona Fiona Shona Rhiannon Bronwen Angharad Sian Carys Nia Ceri Lowri Mhairi
    """
)
SOUTH_ASIAN_MEN = _words(
    """
    Rajesh Sanjay Amit Vikram Sunil Anil Ravi Manjit Harpreet Gurpreet Jaspal Balwinder
    Sukhdev Dilip Naveen Prakash Kiran Deepak Ashok Rohan Arjun Nikhil Suresh Ramesh
    """
)
SOUTH_ASIAN_WOMEN = _words(
    """
    Priya Anita Sunita Meena Kavita Neha Pooja Harjit Gurmeet Jasvinder Kulwinder Manpreet
    Rekha Sangeeta Deepa Lakshmi Asha Usha Nisha Ritu Shreya Divya
    """
)
MUSLIM_MEN = _words(
    """
    Mohammed Muhammad Ahmed Ali Hassan Hussein Omar Yusuf Ibrahim Ismail Khalid Tariq Imran
    Bilal Hamza Abdul Abdullah Rashid Faisal Kamran Asif Nadeem Shahid Zubair Karim Mustafa
    Mahmoud Samir Walid Jamal
    """
)
MUSLIM_WOMEN = _words(
    """
    Fatima Aisha Khadija Zainab Maryam Amina Noor Sana Saima Shazia Rukhsana Nasreen Yasmin
    Leila Samira Hafsa Sumaya Rabia Farah Nadia Layla Huda Salma Iqra
    """
)
SLAVIC_MEN = _words(
    """
    Piotr Tomasz Krzysztof Andrzej Marcin Pawel Michal Jakub Mateusz Lukasz Kamil Grzegorz
    Wojciech Dmitri Sergei Andrei Oleksandr Viktor Ivan Bogdan Marek Jan Radoslav Nikolai
    """
)
SLAVIC_WOMEN = _words(
    """
    Agnieszka Katarzyna Magdalena Ewa Joanna Monika Beata Iwona Dorota Natalia Oksana
    Svetlana Irina Olena Yulia Tatiana Zuzana Petra Ivana Milena Justyna Aleksandra
    """
)
AFRICAN_MEN = _words(
    """
    Emeka Chidi Olusegun Tunde Kwame Kofi Kwabena Babatunde Ifeanyi Femi Kayode Yaw Abiola
    Chinedu Tendai Tafadzwa Samuel Emmanuel Daniel Joseph Segun Obinna
    """
)
AFRICAN_WOMEN = _words(
    """
    Ngozi Chioma Folake Abena Ama Akosua Funmilayo Yetunde Amaka Ifeoma Titilayo Blessing
    Grace Mercy Comfort Patience Rutendo Chipo Nneka Bukola
    """
)
CHINESE_MEN = _words("Wei Jun Ming Hao Chen Feng Jian Kwok Wing Chi Ho Siu Yong Tao Bo Lei")
CHINESE_WOMEN = _words("Mei Ling Xiu Yan Hui Fang Li Ying Wai Suet Xiaoyan Jing Na Juan Min Hong")

NICKNAMES: dict[str, tuple[str, ...]] = {
    "James": ("Jim", "Jimmy", "Jamie"), "David": ("Dave", "Davey"), "John": ("Jack", "Johnny"),
    "Michael": ("Mike", "Mick", "Mickey"), "Andrew": ("Andy", "Drew"), "Paul": ("Pauly",),
    "Christopher": ("Chris", "Kit"), "Stephen": ("Steve", "Stevie", "Steven"),
    "Robert": ("Rob", "Bob", "Bobby", "Robbie"), "Richard": ("Rick", "Dick", "Richie"),
    "Matthew": ("Matt", "Matty"), "Daniel": ("Dan", "Danny"), "Anthony": ("Tony", "Ant"),
    "Thomas": ("Tom", "Tommy"), "Peter": ("Pete",), "Jonathan": ("Jon", "Jonny"), "Simon": ("Si",),
    "Kevin": ("Kev",), "Gary": ("Gaz",), "Darren": ("Daz",), "Stuart": ("Stu", "Stewart"),
    "Philip": ("Phil", "Phillip", "Pip"), "Benjamin": ("Ben", "Benny"), "Samuel": ("Sam", "Sammy"),
    "Joseph": ("Joe", "Joey"), "Alexander": ("Alex", "Sandy", "Xander"),
    "Edward": ("Ed", "Eddie", "Ted", "Ned"), "William": ("Will", "Bill", "Billy", "Liam"),
    "Joshua": ("Josh",), "Nathan": ("Nath",), "Nicholas": ("Nick", "Nicky"), "Timothy": ("Tim",),
    "Gregory": ("Greg",), "Geoffrey": ("Geoff", "Jeff"), "Terence": ("Terry", "Tel"),
    "Kenneth": ("Ken", "Kenny"), "Ronald": ("Ron", "Ronnie"), "Raymond": ("Ray",),
    "Leslie": ("Les",), "Patrick": ("Pat", "Paddy"), "Vincent": ("Vince", "Vinny"),
    "Zachary": ("Zac", "Zak"), "Bradley": ("Brad",), "Dominic": ("Dom",), "Russell": ("Russ",),
    "Charlie": ("Charles", "Chaz"), "Harry": ("Henry", "Harold"), "Jack": ("Jackie",),
    "Derek": ("Del",), "Martin": ("Marty",), "Lewis": ("Lew", "Louis"), "Callum": ("Cal",),
    "Frank": ("Francis", "Frankie"), "Albert": ("Bert", "Bertie"), "Alfred": ("Alf", "Alfie"),
    "Arthur": ("Art",), "Jeremy": ("Jez",), "Clifford": ("Cliff",), "Stanley": ("Stan",),
    "Sarah": ("Sara", "Sally"), "Claire": ("Clare",), "Nicola": ("Nicky", "Nikki"),
    "Joanne": ("Jo", "Joanna"), "Susan": ("Sue", "Susie"), "Helen": ("Nell",),
    "Michelle": ("Shell", "Chelle"), "Rebecca": ("Becky", "Becca"), "Samantha": ("Sam", "Sammy"),
    "Rachel": ("Rach", "Rachael"), "Jennifer": ("Jen", "Jenny"), "Victoria": ("Vicky", "Tori"),
    "Katherine": ("Kate", "Kathy", "Katie", "Catherine"), "Amanda": ("Mandy",),
    "Tracey": ("Tracy", "Trace"), "Deborah": ("Debbie", "Debs", "Debra"),
    "Jacqueline": ("Jackie", "Jacqui"), "Angela": ("Angie", "Ange"),
    "Elizabeth": ("Liz", "Beth", "Lizzie", "Betty"), "Margaret": ("Maggie", "Peggy", "Meg"),
    "Christine": ("Chris", "Chrissie"), "Patricia": ("Pat", "Trish", "Patsy"),
    "Sandra": ("Sandy",), "Alison": ("Ali", "Allison"), "Gillian": ("Gill", "Jill"),
    "Charlotte": ("Charlie", "Lottie"), "Jessica": ("Jess", "Jessie"), "Danielle": ("Dani",),
    "Natalie": ("Nat",), "Stephanie": ("Steph",), "Kimberley": ("Kim", "Kimberly"),
    "Catherine": ("Cath", "Cathy", "Kate"), "Abigail": ("Abi", "Abbie"),
    "Eleanor": ("Ellie", "Nora"), "Barbara": ("Barb", "Babs"), "Valerie": ("Val",),
    "Isabel": ("Izzy", "Isobel", "Isabelle"), "Olivia": ("Liv", "Livvy"), "Hannah": ("Hanna",),
    "Georgia": ("Georgie",), "Teresa": ("Terri", "Theresa"), "Frances": ("Fran",),
    "Natasha": ("Tash",), "Bethany": ("Beth",), "Megan": ("Meg", "Meghan"),
    "Krzysztof": ("Kris", "Christopher"), "Piotr": ("Peter", "Piotrek"),
    "Tomasz": ("Tom", "Tomek"), "Andrzej": ("Andrew", "Andy"), "Michal": ("Michael",),
    "Mateusz": ("Mateo", "Matt"), "Wojciech": ("Wojtek",), "Grzegorz": ("Greg",),
    "Lukasz": ("Luke",), "Agnieszka": ("Aga", "Agnes"), "Katarzyna": ("Kasia",),
    "Magdalena": ("Magda",), "Aleksandra": ("Ola",), "Joanna": ("Asia",), "Harpreet": ("Harry",),
    "Gurpreet": ("Gary",), "Jaspal": ("Jas",), "Manjit": ("Manny",),
    "Babatunde": ("Tunde", "Baba"), "Olusegun": ("Segun",), "Emmanuel": ("Manny", "Emma"),
    "Dafydd": ("Dai",), "Alasdair": ("Ali", "Alistair", "Alastair"), "Padraig": ("Paddy",),
}  # fmt: skip
